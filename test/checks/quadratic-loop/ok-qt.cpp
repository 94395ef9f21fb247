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

// A map that the constructor fills entry by entry, and nobody else.
class Palette {
public:
  Palette() {
    colors_["00"] = "#ffffff";
    colors_["01"] = "#000000";
    colors_["02"] = "#000080";
    shades_.append(1);
    shades_.append(2);
  }
  QMap<QString, QString> colors() const { return colors_; }
  QString colorOk(const QString &name) { return colors_[name]; }
  int shadesOk(const QList<int> &wanted) const {
    int count = 0;
    for (int shade : wanted)
      count += shades_.contains(shade);
    return count;
  }

private:
  QMap<QString, QString> colors_;
  QList<int> shades_;
};
int menuOk(const Palette &palette) {
  int length = 0;
  for (int i = 0; i < palette.colors().count(); i++)
    length += palette.colors().values()[i].size() + palette.colors().keys()[i].size();
  return length;
}

// The last one each time, through a helper.
class Aliases {
public:
  void removeAt(int index) { names_.removeAt(index); }
  int count() const { return names_.count(); }

private:
  QVector<QString> names_;
};
void clearOk(Aliases &aliases) {
  for (int i = aliases.count() - 1; i >= 0; i--)
    aliases.removeAt(i);
}

// The guard says that the position is the front, where a QList has room.
void atTopOk(QList<int> &lines, const QVector<int> &more, int start) {
  bool atBottom = start == lines.count();
  bool atTop = !atBottom && start == 0;
  if (atTop) {
    for (int line : more)
      lines.insert(start, line);
  }
}

// The same iterator walks first and sweeps then.
void sweepOk(QList<int *> &items) {
  QList<int *>::iterator it;
  it = items.begin();
  while (it != items.end()) {
    ++**it;
    ++it;
  }
  it = items.begin();
  while (it != items.end()) {
    int *item = *it;
    it = items.erase(it);
    delete item;
  }
}

// What is removed is the same in every round: gone after the first.
class Page {
public:
  void loadOk(const QList<int> &ids) {
    foreach (int id, ids)
      created(id);
  }

private:
  void created(int id) {
    all_[id] = "";
    if (current_ != 0)
      changed_.removeAll(current_);
  }
  int current_ = 0;
  QList<int> changed_;
  QHash<int, QString> all_;
};

// As many rounds as the number has digits.
QString digitsOk(int number) {
  QString text;
  while (number > 0) {
    text.prepend(QChar('0' + number % 10));
    number /= 10;
  }
  return text;
}

// The one with this id goes, although the sweep goes on.
void closeOk(QList<User> &open, int id) {
  QList<User>::iterator it = open.begin();
  while (it != open.end()) {
    if (it->id == id)
      it = open.erase(it); // low: quadratic-loop
    else
      ++it;
  }
}
