// RUN: %check %s -- -std=c++17
#include <algorithm>
#include <boost/foreach.hpp>
#include <boost/range/algorithm/find.hpp>
#include <boost/range/algorithm/find_if.hpp>
#include <string>
#include <vector>

struct Peer {
  int id;
  std::string address;
};

int bannedWarns(const std::vector<Peer> &peers, const std::vector<std::string> &banned) {
  int count = 0;
  BOOST_FOREACH (const Peer &peer, peers) {
    if (std::find(banned.begin(), banned.end(), peer.address) != banned.end()) // expect: quadratic-loop
      ++count;
  }
  return count;
}

int rangeFindWarns(const std::vector<Peer> &peers, const std::vector<std::string> &banned) {
  int count = 0;
  for (const Peer &peer : peers)
    if (boost::find(banned, peer.address) != banned.end()) // expect: quadratic-loop
      ++count;
  return count;
}

int rangeFindIfWarns(const std::vector<int> &ids, const std::vector<Peer> &peers) {
  int count = 0;
  for (int id : ids)
    count += boost::range::find_if(peers, [id](const Peer &peer) { return peer.id == id; }) != peers.end(); // expect: quadratic-loop
  return count;
}
