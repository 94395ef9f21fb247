// RUN: %check %s -- -std=c++20

// region: first
void todoWarns() {
}
// endregion
