// SPDX-License-Identifier: Apache-2.0
#include "report/not_known.h"

#include "report/fact_words.h"
#include "spf/tree.h"

#include <algorithm>
#include <unordered_set>

namespace mailoscope
{

namespace
{

struct Unknown {
    int weight;
    std::string line;
};

using Questions = std::unordered_set<dns::Question>;

/// What the record and those that it takes in hang on.
void collect(const spf::Node &node, Questions &questions)
{
    questions.insert({node.domain, dns::RrType::TXT});
    for (const spf::TermNode &term : node.terms) {
        for (dns::Question &own : spf::questionsOf(node, term))
            questions.insert(std::move(own));
        if (term.child)
            collect(*term.child, questions);
    }
}

/// What decides most comes first: the verdict's own look-ups, then those of the sections in their order;
/// what failed comes before what the snapshot does not hold.
int weightOf(const Report &report, const Questions &ofSpf, const FactKey &key, bool isUnrecorded)
{
    const auto *question = std::get_if<dns::Question>(&key);
    int place = 7; // pages and sessions
    if (question) {
        const std::string &name = question->name.text();
        const auto begins = [&name](std::string_view front) { return name.starts_with(front); };
        const bool isText = question->type == dns::RrType::TXT;
        if (ofSpf.contains(*question))
            place = 0;
        else if (begins("_dmarc.") && report.domain.isAtOrBelow(question->name.parent()))
            place = 1;
        else if (name.find("_domainkey") != std::string::npos)
            place = 8; // many, and each of them of little weight
        else if (question->type == dns::RrType::MX)
            place = 2;
        else if (begins("_mta-sts.") || begins("mta-sts.") || begins("_smtp._tls."))
            place = 4;
        else if (isText && name.find("._bimi.") != std::string::npos)
            place = 5;
        else if (question->type == dns::RrType::A || question->type == dns::RrType::AAAA)
            place = 3;
        else
            place = 6;
    }
    return place + (isUnrecorded ? 10 : 0);
}

} // namespace

NotKnown notKnownOf(const Report &report)
{
    Questions ofSpf;
    collect(report.spf.root, ofSpf);
    std::vector<Unknown> found;
    for (const FactPointer &pointer : report.facts) {
        const Fact &fact = *pointer;
        if (isTemporaryFailure(fact.outcome())) {
            std::string line = shown(toString(fact.key())) + ": " + std::string(reasonOf(fact.outcome()));
            if (!fact.from.empty() && fact.from != "snapshot")
                line += " (" + shown(fact.from) + ')';
            found.push_back(
                {weightOf(report, ofSpf, fact.key(), isNotRecorded(fact.outcome())), std::move(line)});
        }
    }
    for (const FactKey &key : report.needed)
        found.push_back(
            {weightOf(report, ofSpf, key, false), shown(toString(key)) + ": not asked or not answered yet"});
    std::stable_sort(found.begin(), found.end(),
                     [](const Unknown &a, const Unknown &b) { return a.weight < b.weight; });
    NotKnown notKnown;
    for (Unknown &each : found)
        notKnown.askings.push_back(std::move(each.line));
    if (!report.reach.https)
        notKnown.leftOut.emplace_back(
            "nothing was fetched over HTTPS: MTA-STS policies, logos and mark certificates are not tested");
    if (!report.reach.smtp && !report.mx.hosts.empty())
        notKnown.leftOut.emplace_back(
            "no mail host was greeted (--smtp): STARTTLS and certificates are not tested");
    return notKnown;
}

} // namespace mailoscope
