// RUN: %check %s -- -std=c++17
#include <boost/container/flat_set.hpp>
#include <boost/foreach.hpp>
#include <boost/unordered_map.hpp>
#include <string>
#include <vector>

struct Peer {
  int id;
  std::vector<std::string> addresses;
};

int flatOk(const std::vector<Peer> &peers, const boost::container::flat_set<int> &known) {
  int count = 0;
  BOOST_FOREACH (const Peer &peer, peers)
    if (known.find(peer.id) != known.end())
      ++count;
  return count;
}

int hashOk(const std::vector<Peer> &peers, const boost::unordered_map<int, std::string> &names) {
  int count = 0;
  BOOST_FOREACH (const Peer &peer, peers)
    count += static_cast<int>(names.count(peer.id));
  return count;
}

int ownOk(const std::vector<Peer> &peers, const std::string &address) {
  int count = 0;
  BOOST_FOREACH (const Peer &peer, peers) {
    BOOST_FOREACH (const std::string &own, peer.addresses) {
      if (own == address)
        ++count;
    }
  }
  return count;
}
