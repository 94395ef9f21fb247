// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore
#include <QDebug>
#include <QHash>
#include <QLinkedList>
#include <QList>
#include <QMap>
#include <QQueue>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>
#include <algorithm>

struct User {
  int id;
  QString nick;
  QStringList channels;
};

// Sets, maps and hashes find by themselves.
int setOk(const QStringList &words, const QSet<QString> &known) {
  int count = 0;
  foreach (const QString &word, words)
    if (known.contains(word))
      ++count;
  return count;
}

int mapOk(const QList<int> &ids, const QMap<int, QString> &nicks, const QHash<int, QString> &names) {
  int count = 0;
  for (int id : ids) {
    if (nicks.contains(id) && names.contains(id))
      count += nicks.value(id).size() + names[id].size();
    count += nicks.find(id) != nicks.end();
  }
  return count;
}

void hashRemoveOk(QHash<int, QString> &names, const QList<int> &gone) {
  for (int id : gone)
    names.remove(id);
}

// What belongs to the element.
int inChannelOk(const QList<User> &users, const QString &channel) {
  int count = 0;
  for (const User &user : users)
    if (user.channels.contains(channel))
      ++count;
  return count;
}

int nestedForeachOk(const QList<User> &users, const QString &name) {
  int count = 0;
  foreach (const User &user, users)
    foreach (const QString &channel, user.channels)
      if (channel == name)
        ++count;
  return count;
}

// A search in a text.
int linesOk(const QStringList &lines, const QString &word) {
  int count = 0;
  for (const QString &line : lines)
    if (line.contains(word, Qt::CaseInsensitive))
      ++count;
  return count;
}

QString lettersOk(const QString &text) {
  static const QString vowels = QStringLiteral("aeiou");
  QString out;
  for (QChar c : text)
    if (!vowels.contains(c))
      out += c;
  return out;
}

// A constant list.
int commandsOk(const QStringList &words) {
  static const QStringList commands{"join", "part", "quit", "nick"};
  int count = 0;
  for (const QString &word : words)
    count += commands.contains(word);
  return count;
}

// QList keeps room in front: both ends are cheap.
void queueOk(QQueue<int> &queue, QList<int> &list, int &sum) {
  while (!queue.isEmpty())
    sum += queue.dequeue();
  while (!list.isEmpty())
    sum += list.takeFirst();
  while (!list.isEmpty())
    list.removeFirst();
}
void prependOk(const QList<int> &values, QList<int> &out) {
  for (int value : values)
    out.prepend(value);
}
void takeLastOk(QVector<int> &stack, int &sum) {
  while (!stack.isEmpty())
    sum += stack.takeLast();
}

void hashSweepOk(QHash<int, User> &users) {
  for (auto it = users.begin(); it != users.end();)
    if (it->nick.isEmpty())
      it = users.erase(it);
    else
      ++it;
}

// Found, removed, left.
bool removeOneOk(QList<User> &users, int id) {
  for (int i = 0; i < users.count(); ++i) {
    if (users.at(i).id == id) {
      users.removeAt(i);
      return true;
    }
  }
  return false;
}

// Grows in place.
QString joinOk(const QStringList &words) {
  QString text;
  for (const QString &word : words) {
    text += word;
    text.append(' ');
  }
  return text;
}
QList<int> concatOk(const QList<QList<int>> &parts) {
  QList<int> all;
  for (const QList<int> &part : parts)
    all += part;
  return all;
}

// One shared copy in front of the loop.
int keysOk(const QMap<QString, int> &values) {
  int sum = 0;
  const QStringList names = values.keys();
  for (const QString &name : names)
    sum += name.size();
  for (const QString &name : values.keys())
    sum += name.size();
  return sum;
}

// Replaces all by itself.
void replaceOk(QStringList &lines) {
  for (QString &line : lines)
    line.replace("\r\n", "\n");
}

// Goes on behind the hit.
int hitsOk(const QString &text, const QString &word) {
  int count = 0;
  for (int at = text.indexOf(word); at != -1; at = text.indexOf(word, at + word.size()))
    ++count;
  return count;
}

// assert is no work.
void assertOk(const QList<int> &ids, const QList<int> &known) {
  for (int id : ids) {
    Q_ASSERT(known.contains(id));
    qDebug() << id;
  }
}
