// SPDX-License-Identifier: Apache-2.0
#include "output.h"

#include "base/text.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace mailoscope::cli
{

namespace
{

QString fileNameOf(const std::string &name)
{
    return QFile::decodeName(name.c_str());
}

std::string quotedName(const std::string &name)
{
    return '"' + shown(name) + '"';
}

Failure cannot(const std::string &what, const std::string &name, const QString &why)
{
    return impossible("Cannot " + what + ' ' + quotedName(name) + ": " + shown(why.toStdString()) + '.');
}

/// Reads to the end, or to one octet more than allowed.
template <typename Device>
std::string readAll(Device &device, std::size_t mostOctets)
{
    const QByteArray octets = device.read(static_cast<qint64>(mostOctets) + 1);
    return octets.toStdString();
}

} // namespace

Result<Output, Failure> Output::open(const std::optional<std::string> &fileName)
{
    Output output;
    if (!fileName || *fileName == "-")
        return output;
    if (fileName->empty())
        return usage("--output needs the name of a file.");
    output.m_name = *fileName;
    const QFileInfo info(fileNameOf(*fileName));
    // A device or a pipe is written to: renaming would put a file in its place.
    const bool isDevice = info.exists() && !info.isFile() && !info.isDir();
    if (isDevice)
        output.m_file = std::make_unique<QFile>(fileNameOf(*fileName));
    else
        output.m_file = std::make_unique<QSaveFile>(fileNameOf(*fileName));
    if (!output.m_file->open(QIODevice::WriteOnly))
        return cannot("write", *fileName, output.m_file->errorString());
    return output;
}

bool Output::write(std::string_view text)
{
    if (m_failed)
        return false;
    if (m_file)
        m_failed =
            m_file->write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size());
    else
        m_failed = std::fwrite(text.data(), 1, text.size(), stdout) != text.size();
    m_errorNumber = m_failed ? errno : 0;
    return !m_failed;
}

bool Output::flush()
{
    if (!m_file && !m_failed && std::fflush(stdout) != 0) {
        m_failed = true;
        m_errorNumber = errno;
    }
    return !m_failed;
}

std::optional<Failure> Output::finish()
{
    flush();
    if (m_failed)
        return failure();
    auto *saved = qobject_cast<QSaveFile *>(m_file.get());
    if (m_file && (!m_file->flush() || (saved && !saved->commit())))
        return cannot("write", m_name, m_file->errorString());
    return std::nullopt;
}

Failure Output::failure() const
{
    const std::string name = m_file ? quotedName(m_name) : "standard output";
    return impossible("Cannot write " + name + ": " + std::strerror(m_errorNumber) + '.');
}

Result<std::string, Failure> readFile(const std::string &fileName, std::size_t mostOctets)
{
    QFile file(fileNameOf(fileName));
    if (QFileInfo(file).isDir())
        return impossible("Cannot read " + quotedName(fileName) + ": it is a folder.");
    if (!file.open(QIODevice::ReadOnly))
        return cannot("read", fileName, file.errorString());
    std::string octets = readAll(file, mostOctets);
    if (file.error() != QFileDevice::NoError)
        return cannot("read", fileName, file.errorString());
    return octets;
}

Result<std::string, Failure> readStandardInput(std::size_t mostOctets)
{
    QFile file;
    if (!file.open(stdin, QIODevice::ReadOnly))
        return impossible("Cannot read standard input: " + file.errorString().toStdString() + '.');
    std::string octets;
    while (octets.size() <= mostOctets) {
        const QByteArray piece = file.read(1 << 16);
        if (piece.isEmpty())
            break;
        octets.append(piece.constData(), static_cast<std::size_t>(piece.size()));
    }
    if (file.error() != QFileDevice::NoError)
        return impossible("Cannot read standard input: " + shown(file.errorString().toStdString()) + '.');
    return octets;
}

} // namespace mailoscope::cli
