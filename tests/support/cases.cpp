// SPDX-License-Identifier: Apache-2.0
#include "support/cases.h"

#include "base/text.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace mailoscope::tests
{

void addRows(const char *file)
{
    QFile input(QLatin1String(MAILOSCOPE_TEST_DATA "/") + QLatin1String(file));
    if (!input.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(input.fileName()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(input.readAll(), &error);
    const QJsonArray cases = document.object().value(QLatin1String("cases")).toArray();
    if (error.error != QJsonParseError::NoError || cases.isEmpty())
        qFatal("%s: no cases; %s at %d", file, qPrintable(error.errorString()), error.offset);
    QTest::addColumn<QJsonObject>("given");
    QTest::addColumn<QJsonObject>("expect");
    for (const QJsonValue &element : cases) {
        const QJsonObject row = element.toObject();
        const QString name = row.value(QLatin1String("name")).toString();
        if (name.isEmpty())
            qFatal("%s: a case without a name", file);
        const QJsonValue given = row.value(QLatin1String("given"));
        const QJsonValue expect = row.value(QLatin1String("expect"));
        QTest::newRow(name.toUtf8().constData())
            << (given.isObject() ? given.toObject() : row) << (expect.isObject() ? expect.toObject() : row);
    }
}

std::string octets(const QJsonValue &value)
{
    std::string all;
    if (value.isArray()) {
        const QJsonArray parts = value.toArray();
        for (const QJsonValue &part : parts)
            all += octets(part);
        return all;
    }
    if (!value.isObject())
        return value.toString().toStdString();
    const QJsonObject object = value.toObject();
    if (object.contains(QLatin1String("octets")))
        return unescapedOctets(object.value(QLatin1String("octets")).toString().toStdString());
    const std::string part = octets(object.value(QLatin1String("repeat")));
    for (int i = object.value(QLatin1String("times")).toInt(); i > 0; --i)
        all += part;
    return all;
}

QString visible(const std::string &octets)
{
    return QString::fromStdString(escapedOctets(octets));
}

} // namespace mailoscope::tests
