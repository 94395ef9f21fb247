// RUN: %check %s -- -std=c++17
// XFAIL: *
// Not seen: a search written as BOOST_FOREACH, whose machinery hides what it
// walks. A search inside of one is seen.
#include <boost/foreach.hpp>
#include <string>
#include <vector>

struct Peer {
  int id;
  std::string address;
};

void innerWarns(const std::vector<int> &ids, std::vector<Peer> &peers) {
  BOOST_FOREACH (int id, ids) {
    BOOST_FOREACH (Peer &peer, peers) { // expect: quadratic-loop
      if (peer.id == id)
        peer.address.clear();
    }
  }
}
