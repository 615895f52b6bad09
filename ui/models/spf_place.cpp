// SPDX-License-Identifier: Apache-2.0
#include "models/spf_place.h"

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

bool asks(const std::vector<dns::Question> &questions, const dns::Question &question)
{
    return std::find(questions.begin(), questions.end(), question) != questions.end();
}

std::optional<TermPath> pathBelow(const spf::Node &node, const dns::Question &question)
{
    for (std::size_t i = 0; i < node.terms.size(); ++i) {
        const spf::TermNode &term = node.terms[i];
        if (asks(questionsOf({&node, &term}), question))
            return TermPath{i};
        if (!term.child)
            continue;
        if (std::optional<TermPath> deeper = pathBelow(*term.child, question)) {
            deeper->insert(deeper->begin(), i);
            return deeper;
        }
    }
    return std::nullopt;
}

} // namespace

bool startsWith(const TermPath &path, const TermPath &above)
{
    return above.size() <= path.size() && std::equal(above.begin(), above.end(), path.begin());
}

std::optional<SpfPlace> placeAt(const spf::Evaluation &spf, const TermPath &path)
{
    SpfPlace place{&spf.root, nullptr};
    for (const std::size_t index : path) {
        const spf::Node *node = place.below();
        if (!node || index >= node->terms.size())
            return std::nullopt;
        place = {node, &node->terms[index]};
    }
    return place;
}

std::optional<TermPath> pathAsking(const spf::Evaluation &spf, const dns::Question &question)
{
    if (asks(questionsOf({&spf.root, nullptr}), question))
        return TermPath();
    return pathBelow(spf.root, question);
}

std::vector<dns::Question> questionsOf(const SpfPlace &place)
{
    std::vector<dns::Question> questions;
    if (place.term)
        questions = spf::questionsOf(*place.record, *place.term);
    if (const spf::Node *node = place.below()) {
        const dns::Question own{node->domain, dns::RrType::TXT};
        if (!asks(questions, own))
            questions.push_back(own);
    }
    return questions;
}

std::string writtenText(const SpfPlace &place)
{
    if (!place.term)
        return place.record->domain.text();
    const Span span = spanOf(place);
    const std::string &text = place.record->selection.text;
    if (span.end <= text.size() && !span.isEmpty())
        return text.substr(span.begin, span.end - span.begin);
    const auto &parsed = place.record->record;
    if (parsed && parsed->record && place.term->index < parsed->record->terms.size())
        return spf::toText(parsed->record->terms[place.term->index]);
    return {};
}

Span spanOf(const SpfPlace &place)
{
    if (!place.term || !place.record->record || place.term->index >= place.record->record->spans.size())
        return {};
    return place.record->record->spans[place.term->index];
}

} // namespace mailoscope::ui
