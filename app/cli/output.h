// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"

#include <QFileDevice>

#include <memory>
#include <string>
#include <string_view>

/// Files, read and written; a file appears whole or not at all.
namespace mailoscope::cli
{

/// Standard output, or a file that takes its place when finish() says so.
class Output
{
public:
    /// `-` and no name mean standard output. The file is opened at once, so that a name that cannot be
    /// written is known before the work begins.
    static Result<Output, Failure> open(const std::optional<std::string> &fileName);

    bool isFile() const { return m_file != nullptr; }
    /// False once writing has failed: a full disk, say.
    bool write(std::string_view text);
    /// Sends on what is held back; for standard output only.
    bool flush();
    /// Puts the file in its place.
    std::optional<Failure> finish();

private:
    Failure failure() const;

    std::unique_ptr<QFileDevice> m_file; ///< null: standard output
    std::string m_name;
    bool m_failed = false;
    int m_errorNumber = 0;
};

Result<std::string, Failure> readFile(const std::string &fileName, std::size_t mostOctets);
/// All of standard input.
Result<std::string, Failure> readStandardInput(std::size_t mostOctets);

} // namespace mailoscope::cli
