// RUN: %check %s -- -std=c++20

void todoOk() {
}
