// SPDX-License-Identifier: Apache-2.0
// DKIM arranged for reading.
#include "report/outline_parts.h"

#include <algorithm>
#include <set>

namespace mailoscope::outline
{

namespace
{

using dkim::Evaluation;
using dkim::SelectorResult;

Mark markOfKey(const SelectorResult &result)
{
    switch (result.status) {
    case SelectorResult::Status::Pending:
        return Mark::Waiting;
    case SelectorResult::Status::Ok:
        return Mark::Ok;
    case SelectorResult::Status::Revoked:
    case SelectorResult::Status::NotAKey:
    case SelectorResult::Status::NoKey:
        return Mark::Info;
    case SelectorResult::Status::Invalid:
    case SelectorResult::Status::Dangling:
        return Mark::High;
    case SelectorResult::Status::TempError:
        return Mark::Unknown;
    }
    return Mark::None;
}

std::string_view statusText(SelectorResult::Status status)
{
    switch (status) {
    case SelectorResult::Status::Pending:
        return "waiting";
    case SelectorResult::Status::Ok:
        return "a usable key";
    case SelectorResult::Status::Revoked:
        return "revoked";
    case SelectorResult::Status::Invalid:
        return "cannot be used";
    case SelectorResult::Status::NotAKey:
        return "text that is no key";
    case SelectorResult::Status::NoKey:
        return "an alias without a key behind it";
    case SelectorResult::Status::Dangling:
        return "an alias to a name that does not exist";
    case SelectorResult::Status::TempError:
        return "not known";
    }
    return {};
}

std::string keyText(const SelectorResult &result)
{
    const dkim::PublishedKey *published = result.key();
    if (!published || !published->key)
        return {};
    const dkim::Key &key = *published->key;
    if (key.rsa)
        return "RSA, " + std::to_string(key.bits()) + " bits";
    return key.ed25519 ? "Ed25519" : std::string();
}

std::string flagsText(const SelectorResult &result)
{
    const dkim::PublishedKey *published = result.key();
    if (!published || !published->parsed.record)
        return {};
    std::vector<std::string> flags;
    if (published->parsed.record->isTesting())
        flags.emplace_back("testing (t=y)");
    if (published->parsed.record->refusesSubdomains())
        flags.emplace_back("no subdomains (t=s)");
    if (!published->parsed.record->servesMail())
        flags.emplace_back("not for mail (s=)");
    return listed(flags);
}

std::string_view sourceText(dkim::Source source)
{
    switch (source) {
    case dkim::Source::User:
        return "you named it";
    case dkim::Source::Message:
        return "a signature";
    case dkim::Source::Remembered:
        return "seen before";
    case dkim::Source::Provider:
        return "its provider uses it";
    case dkim::Source::BuiltIn:
        return "usual name";
    case dkim::Source::Wildcard:
        return "any name";
    }
    return {};
}

std::string sourcesText(const dkim::Selector &selector)
{
    std::vector<std::string> sources;
    for (const dkim::Source source : selector.sources)
        sources.emplace_back(sourceText(source));
    return listed(sources);
}

void addSelectors(Outline &outline, const Evaluation &dkim)
{
    OutlineTable table{"dkim.selectors",
                       "Keys found",
                       {"Selector", "State", "Key", "Held by", "Alias of", "Notes", "Known from"},
                       {}};
    for (const SelectorResult &result : dkim.found) {
        std::string holder = shown(result.provider);
        if (!holder.empty() && !result.providerIsCertain)
            holder = "looks like " + holder;
        table.rows.push_back({code(result.selector.name),
                              marked(markOfKey(result), std::string(statusText(result.status))),
                              plain(keyText(result)), plain(std::move(holder)),
                              code(result.chain.empty() ? std::string() : result.chain.back().text()),
                              plain(flagsText(result)), plain(sourcesText(result.selector))});
    }
    for (const dkim::Selector &selector : dkim.notFound) {
        table.rows.push_back({code(selector.name),
                              marked(Mark::NotTested, "not found"),
                              {},
                              {},
                              {},
                              {},
                              plain(sourcesText(selector))});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

void addNotes(Outline &outline, const Evaluation &dkim)
{
    if (!dkim.unanswered.empty())
        outline.notes.push_back(counted(dkim.unanswered.size(), "selector", "selectors") +
                                " could not be looked up: nothing is known of them.");
    if (dkim.status != Evaluation::Status::Missing && dkim.status != Evaluation::Status::NotApplicable &&
        dkim.status != Evaluation::Status::NotChecked)
        outline.notes.push_back(
            "Selectors cannot be listed: " + counted(dkim.asked, "name was", "names were") +
            " asked for. A key under another name is not found, which does not mean that it is absent.");
}

std::size_t usableKeys(const Evaluation &dkim)
{
    return static_cast<std::size_t>(
        std::count_if(dkim.found.begin(), dkim.found.end(), [](const SelectorResult &result) {
            return result.status == SelectorResult::Status::Ok;
        }));
}

} // namespace

State dkimState(const Report &report)
{
    const Evaluation &dkim = report.dkim;
    switch (dkim.status) {
    case Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case Evaluation::Status::Ok: {
        int least = 0;
        int most = 0;
        std::set<std::string> holders;
        for (const SelectorResult &result : dkim.found) {
            if (result.status != SelectorResult::Status::Ok || !result.key() || !result.key()->key)
                continue;
            if (result.key()->key->rsa)
                most = std::max(most, result.key()->key->bits());
            if (result.key()->key->rsa)
                least = least == 0 ? result.key()->key->bits() : std::min(least, result.key()->key->bits());
            if (!result.provider.empty())
                holders.insert(shown(result.provider));
        }
        std::string gist = counted(usableKeys(dkim), "key", "keys");
        if (least > 0)
            gist += ", " + std::to_string(least) + (least == most ? " bits" : " bits or more");
        if (!holders.empty())
            gist += "; " + listed({holders.begin(), holders.end()});
        return {Mark::Ok, std::move(gist)};
    }
    case Evaluation::Status::Missing:
        return {Mark::Info, "surely no keys: _domainkey does not exist"};
    case Evaluation::Status::NotFound:
        return {Mark::Unknown, "no key found among " + counted(dkim.asked, "name", "names")};
    case Evaluation::Status::Invalid:
        return {Mark::High, "no record found can be used"};
    case Evaluation::Status::TempError:
        return {Mark::Unknown, "answers are missing"};
    case Evaluation::Status::NotApplicable:
        return {Mark::Info, "nothing is signed here"};
    case Evaluation::Status::NotChecked:
        return {Mark::NotTested, "not in the snapshot"};
    }
    return {};
}

Outline dkimOutline(const Report &report)
{
    const Evaluation &dkim = report.dkim;
    Outline outline;
    switch (dkim.status) {
    case Evaluation::Status::Pending:
        outline.sentence = "Waiting for the answers at " + counted(dkim.asked, "selector", "selectors") + '.';
        break;
    case Evaluation::Status::Ok:
        outline.sentence = counted(usableKeys(dkim), "usable key was", "usable keys were") + " found.";
        break;
    case Evaluation::Status::Missing:
        outline.sentence =
            "The domain has no DKIM key: the name _domainkey does not exist, so nothing can stand below it.";
        break;
    case Evaluation::Status::NotFound:
        outline.sentence = "No DKIM key was found at the names that were asked for.";
        break;
    case Evaluation::Status::Invalid:
        outline.sentence = "Records were found, but none of them can be used.";
        break;
    case Evaluation::Status::TempError:
        outline.sentence = "No DKIM key was found, and some look-ups failed.";
        break;
    case Evaluation::Status::NotApplicable:
        outline.sentence =
            "The domain signs no mail: it does not exist, or it says that every selector is revoked.";
        break;
    case Evaluation::Status::NotChecked:
        outline.sentence = "The snapshot holds none of the questions about DKIM.";
        break;
    }
    addSelectors(outline, dkim);
    for (const SelectorResult &result : dkim.found) {
        if (outline.records.size() < 12 && result.key())
            outline.records.push_back({result.name.text(), "TXT", result.key()->text});
    }
    addNotes(outline, dkim);
    return outline;
}

} // namespace mailoscope::outline
