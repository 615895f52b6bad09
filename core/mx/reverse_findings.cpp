// SPDX-License-Identifier: Apache-2.0
// What is notable about the names of the hosts' addresses.
#include "base/ascii.h"
#include "base/text.h"
#include "mx/finding_list.h"

#include <algorithm>
#include <array>

namespace mailoscope::mx
{

namespace
{

/// The numbers in a name, in order; those of more than three digits are no octets.
std::vector<int> numbersIn(std::string_view text)
{
    std::vector<int> numbers;
    for (std::size_t at = 0; at < text.size();) {
        if (!ascii::isDigit(text[at])) {
            ++at;
            continue;
        }
        int number = 0;
        std::size_t digits = 0;
        for (; at < text.size() && ascii::isDigit(text[at]); ++at, ++digits)
            number = digits < 3 ? number * 10 + (text[at] - '0') : -1;
        numbers.push_back(number);
    }
    return numbers;
}

/// `192-0-2-25.pool.example.net`, `host25.2.0.192.example.net`.
bool holdsAddress(const DomainName &name, const IpAddress &address)
{
    if (!address.isV4())
        return false;
    const std::uint32_t value = address.v4Value();
    std::array<int, 4> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<int>(value >> (24 - 8 * i) & 0xffU);
    const std::vector<int> numbers = numbersIn(name.text());
    const auto holds = [&](const auto &first, const auto &last) {
        return std::search(numbers.begin(), numbers.end(), first, last) != numbers.end();
    };
    return holds(octets.begin(), octets.end()) || holds(octets.rbegin(), octets.rend());
}

/// Words by which access providers call their customers' lines.
bool isPoolName(const DomainName &name)
{
    static constexpr std::array<std::string_view, 12> Words = {
        "dyn", "dynamic", "dhcp", "dsl", "adsl", "vdsl", "pool", "ppp", "pppoe", "dialup", "dip", "cable"};
    const std::string &text = name.text();
    if (std::none_of(text.begin(), text.end(), ascii::isDigit))
        return false;
    for (std::size_t begin = 0; begin < text.size();) {
        if (!ascii::isAlpha(text[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && ascii::isAlpha(text[end]))
            ++end;
        const std::string_view word = std::string_view(text).substr(begin, end - begin);
        if (std::find(Words.begin(), Words.end(), word) != Words.end())
            return true;
        begin = end;
    }
    return false;
}

class ReverseJudge
{
public:
    explicit ReverseJudge(FindingList &list) : m_list(list) {}

    void judge(const Host &host, const ReverseName &reverse)
    {
        if (!m_judged.insert(reverse.address).second)
            return;
        switch (reverse.status) {
        case ReverseName::Status::Pending:
        case ReverseName::Status::TempError:
        case ReverseName::Status::NotChecked:
        case ReverseName::Status::NotAsked:
            return;
        case ReverseName::Status::Missing:
            add(host, reverse, "ptr.missing", grade(reverse.address));
            return;
        case ReverseName::Status::Unconfirmed:
            add(host, reverse, "ptr.fcrdns", grade(reverse.address));
            break;
        case ReverseName::Status::Confirmed:
            break;
        }
        const bool isGeneric =
            std::all_of(reverse.names.begin(), reverse.names.end(), [&](const DomainName &name) {
                return holdsAddress(name, reverse.address) || isPoolName(name);
            });
        if (isGeneric)
            add(host, reverse, "ptr.generic", Severity::Low);
    }

private:
    /// Receivers look at the names of those who send. Where it is known that no mail leaves from the address
    /// it is a matter of tidiness.
    Severity grade(const IpAddress &address) const
    {
        const auto &sending = m_list.surroundings().sendingAddresses;
        return !sending || sending->contains(address) ? Severity::Medium : Severity::Low;
    }

    void add(const Host &host, const ReverseName &reverse, const char *id, Severity severity)
    {
        Finding &finding = m_list.add(id, severity, {"RFC 1912", "2.1"});
        finding.arguments["host"] = shown(host.name.text());
        finding.arguments["address"] = reverse.address.toString();
        std::string names;
        for (const DomainName &name : reverse.names)
            names += (names.empty() ? "" : ", ") + shown(name.text());
        finding.arguments["names"] = names;
        finding.evidence.push_back({reverse.address.reverseName(), "PTR", names, {0, names.size()}, {}});
    }

    FindingList &m_list;
    std::set<IpAddress> m_judged;
};

} // namespace

void addReverseFindings(FindingList &list)
{
    ReverseJudge judge(list);
    for (const Host &host : list.evaluation().hosts) {
        for (const ReverseName &reverse : host.reverse)
            judge.judge(host, reverse);
    }
}

} // namespace mailoscope::mx
