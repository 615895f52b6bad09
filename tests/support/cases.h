// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QJsonValue>

#include <string>

namespace mailoscope::tests
{

/// Adds a row for each of the `cases` in a JSON file below tests/data, with the columns `given` and `expect`.
/// A case without these members has all its members in both.
void addRows(const char *file);

/// A text of such a file as octets: a string stands for its UTF-8, an array for its parts one after another,
/// `{"octets": "\\000\\255"}` for octets that no JSON string can hold, `{"repeat": "ab", "times": 3}` for
/// ababab.
std::string octets(const QJsonValue &value);

/// For QCOMPARE(): everything but printable ASCII escaped, so that a difference can be seen.
QString visible(const std::string &octets);

} // namespace mailoscope::tests
