// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "spf/check_host.h"

#include <string>
#include <string_view>

/// The JSON Lines of `spf-check --stdin`.
namespace mailoscope::cli
{

/// Reads `{"ip":"192.0.2.1","sender":"a@b.example","helo":"h.example"}`; the error is one sentence. Members
/// that are not known are passed over.
Result<spf::CheckArguments, std::string> readCheck(std::string_view line);

/// `{"result":"pass","explanation":"","mechanism":"ip4:192.0.2.0/24","lookups":1,"void_lookups":0}` and a
/// line end.
void appendResult(std::string &output, const spf::CheckOutcome &outcome);
/// `{"error":"..."}` and a line end.
void appendError(std::string &output, std::string_view sentence);

/// Appends octets as a JSON string, quotes included.
void appendJsonString(std::string &output, std::string_view octets);

/// Cuts a stream into lines. A line that is too long is given up while it is still coming in.
class LineReader
{
public:
    static constexpr std::size_t MaxLine = 65536;

    /// Takes the next octets of the stream and hands out each line that ends in them, without its line end.
    /// `line(text, isTooLong)`: the text of a line that is too long is empty.
    template <typename Sink>
    void add(std::string_view octets, Sink line)
    {
        while (!octets.empty()) {
            const std::size_t end = octets.find('\n');
            const std::string_view piece = octets.substr(0, end);
            m_isTooLong = m_isTooLong || m_begun.size() + piece.size() > MaxLine;
            if (end == std::string_view::npos) {
                m_hasBegun = true;
                m_isTooLong ? m_begun.clear() : void(m_begun.append(piece));
                return;
            }
            handOut(piece, line);
            octets.remove_prefix(end + 1);
        }
    }

    /// Hands out the last line where it has no line end.
    template <typename Sink>
    void finish(Sink line)
    {
        if (m_hasBegun)
            handOut({}, line);
    }

private:
    template <typename Sink>
    void handOut(std::string_view piece, Sink &line)
    {
        if (m_isTooLong) {
            line(std::string_view(), true);
        } else if (m_begun.empty()) {
            line(piece, false);
        } else {
            m_begun.append(piece);
            line(std::string_view(m_begun), false);
        }
        m_begun.clear();
        m_isTooLong = false;
        m_hasBegun = false;
    }

    std::string m_begun;
    bool m_isTooLong = false;
    bool m_hasBegun = false;
};

} // namespace mailoscope::cli
