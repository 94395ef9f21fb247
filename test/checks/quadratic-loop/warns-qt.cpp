// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtConcurrent
// Qt's containers and loops.
#include <QHash>
#include <QList>
#include <QMap>
#include <QPair>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>
#include <QtConcurrentMap>
#include <algorithm>

struct User {
  int id;
  QString nick;
};
struct Message {
  int sender;
  QString nick;
  QString text;
};

int ignoredWarns(const QList<Message> &messages, const QStringList &ignored) {
  int count = 0;
  foreach (const Message &message, messages) {
    if (ignored.contains(message.nick)) // expect: quadratic-loop
      ++count;
  }
  return count;
}

QStringList uniqueWarns(const QStringList &words) {
  QStringList unique;
  Q_FOREACH (const QString &word, words)
    if (!unique.contains(word)) // expect: quadratic-loop
      unique << word;
  return unique;
}

QList<int> positionsWarns(const QVector<int> &ids, const QVector<int> &order) {
  QList<int> positions;
  for (int i = 0; i < ids.size(); ++i)
    positions.append(order.indexOf(ids.at(i))); // expect: quadratic-loop
  return positions;
}

int lastWarns(const QList<int> &ids, const QList<int> &order) {
  int sum = 0;
  for (QList<int>::const_iterator it = ids.constBegin(); it != ids.constEnd(); ++it)
    sum += order.lastIndexOf(*it); // expect: quadratic-loop
  return sum;
}

int countWarns(const QVector<QString> &words) {
  int single = 0;
  for (const QString &word : words)
    if (words.count(word) == 1) // expect: quadratic-loop
      ++single;
  return single;
}

void removeWarns(QList<int> &ids, const QList<int> &gone) {
  for (int id : gone)
    ids.removeOne(id); // expect: quadratic-loop
}

void removeAllWarns(QStringList &nicks, const QList<User> &left) {
  for (const User &user : left)
    nicks.removeAll(user.nick); // expect: quadratic-loop
}

// A copy of all keys, and a search through it, for each.
int keysWarns(const QMap<QString, int> &values, const QStringList &names) {
  int known = 0;
  for (const QString &name : names)
    if (values.keys().contains(name)) // expect: quadratic-loop
      ++known;
  return known;
}

int valuesWarns(const QHash<int, QString> &nicks, const QStringList &names) {
  int known = 0;
  for (const QString &name : names)
    known += nicks.values().contains(name); // expect: quadratic-loop
  return known;
}

// Search by value: the map is walked.
QList<int> reverseWarns(const QHash<int, QString> &nicks, const QStringList &names) {
  QList<int> ids;
  for (const QString &name : names)
    ids << nicks.key(name); // expect: quadratic-loop
  return ids;
}

int keyAtWarns(const QMap<int, int> &values) {
  int sum = 0;
  for (int i = 0; i < values.size(); ++i)
    sum += values.keys().at(i); // expect: quadratic-loop
  return sum;
}

// Hand-written.
void nicksWarns(QList<Message> &messages, const QList<User> &users) {
  for (Message &message : messages) {
    foreach (const User &user, users) { // expect: quadratic-loop
      if (user.id == message.sender) {
        message.nick = user.nick;
        break;
      }
    }
  }
}

// Java's iterators.
int javaWarns(const QMap<int, QString> &nicks, const QStringList &online) {
  int count = 0;
  QMapIterator<int, QString> it(nicks);
  while (it.hasNext()) {
    it.next();
    if (online.contains(it.value(), Qt::CaseInsensitive)) // expect: quadratic-loop
      ++count;
  }
  return count;
}

int pointersWarns(const QList<QObject *> &objects, const QList<QObject *> &selected) {
  int count = 0;
  for (QObject *object : objects)
    count += selected.contains(object); // expect: quadratic-loop
  return count;
}

// Concurrently is still once per element.
void concurrentWarns(QVector<Message> &messages, const QVector<User> &users) {
  QtConcurrent::blockingMap(messages, [&users](Message &message) {
    auto user = std::find_if(users.begin(), users.end(), [&](const User &u) { return u.id == message.sender; }); // expect: quadratic-loop
    if (user != users.end())
      message.nick = user->nick;
  });
}

// Front work.
void drainWarns(QVector<int> &queue, int &sum) {
  while (!queue.isEmpty())
    sum += queue.takeFirst(); // expect: quadratic-loop
}

void sweepWarns(QList<Message> &messages) {
  for (int i = 0; i < messages.count();) {
    if (messages.at(i).text.isEmpty())
      messages.removeAt(i); // expect: quadratic-loop
    else
      ++i;
  }
}

void reversedWarns(const QVector<int> &values, QVector<int> &out) {
  for (int value : values)
    out.prepend(value); // expect: quadratic-loop
}

void unescapeWarns(QString text, QStringList &parts) {
  while (!text.isEmpty()) {
    parts << text.left(1);
    text.remove(0, 1); // expect: quadratic-loop
  }
}

// Rebuild.
QString joinWarns(const QStringList &words) {
  QString text;
  for (const QString &word : words)
    text = text + word + ' '; // expect: quadratic-loop
  return text;
}

QString pathWarns(const QStringList &parts) {
  QString path;
  for (const QString &part : parts)
    path.prepend(part + '/'); // expect: quadratic-loop
  return path;
}

QList<int> concatWarns(const QList<QList<int>> &parts) {
  QList<int> all;
  for (const QList<int> &part : parts)
    all = all + part; // expect: quadratic-loop
  return all;
}

// Restart.
void squeezeWarns(QString &text) {
  int at;
  while ((at = text.indexOf("\r\n")) != -1) // expect: quadratic-loop
    text.replace(at, 2, "\n");
}

// The constructor starts a list that grows elsewhere.
class Tags {
public:
  Tags() { names_.append("new"); }
  void add(const QString &name) { names_.append(name); }
  int countWarns(const QStringList &wanted) const {
    int count = 0;
    for (const QString &name : wanted)
      count += names_.contains(name); // expect: quadratic-loop
    return count;
  }

private:
  QStringList names_;
};

// Only some of them on the way down: what stands behind moves.
class Rules {
public:
  void removeAt(int index) { rules_.removeAt(index); }
  void sweepWarns(const QSet<int> &gone) {
    for (int i = rules_.count() - 1; i >= 0; i--)
      if (gone.contains(rules_[i]))
        removeAt(i); // expect: quadratic-loop
  }

private:
  QVector<int> rules_;
};

// Somewhere in the middle.
void insertWarns(QList<int> &lines, const QVector<int> &more, int start) {
  for (int line : more)
    lines.insert(start, line); // expect: quadratic-loop
}

// A key that the rounds assign, in a function that they call.
class Editor {
public:
  void applyWarns(const QList<int> &ids) {
    foreach (int id, ids) {
      select(id);
      dropCurrent(); // expect: quadratic-loop
    }
  }

private:
  void select(int id) { current_ = id; }
  void dropCurrent() { changed_.removeAll(current_); }
  int current_ = 0;
  QList<int> changed_;
};

// A search and then a removal of the same value: one finding.
void forgetWarns(QList<int> &known, const QList<int> &gone) {
  for (int id : gone)
    if (known.contains(id)) // expect: quadratic-loop
      known.removeAll(id);
}
