// SPDX-License-Identifier: Apache-2.0
// Any octets as a DNS message: what decodes survives the wire, and its answers keep their promises.
#include "dns/message.h"
#include "verify.h"

#include <algorithm>

using namespace mailoscope::dns;

namespace
{

void verifyAnswer(const Message &message, const Question &question)
{
    const Answer answer = answerFrom(message, question);
    FUZZ_VERIFY(answer.question == question);
    FUZZ_VERIFY((answer.outcome == Outcome::Answered) == !answer.records.empty());
    FUZZ_VERIFY(!isTemporaryFailure(answer.outcome) || answer.ttl == 0);
    FUZZ_VERIFY(!toString(answer.outcome).empty());
    for (const ResourceRecord &record : answer.records) {
        FUZZ_VERIFY(record.type == question.type);
        FUZZ_VERIFY(record.owner == canonicalName(answer));
        FUZZ_VERIFY(answer.ttl <= record.ttl);
    }
    for (const ResourceRecord &alias : answer.aliases)
        FUZZ_VERIFY(std::holds_alternative<NameData>(alias.data));
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = decode(asOctets(data, size));
    if (!message)
        return 0;
    const auto again = decode(encode(*message));
    FUZZ_VERIFY(again && *again == *message);
    for (const auto *section : {&message->answers, &message->authority, &message->additional}) {
        for (const ResourceRecord &record : *section)
            FUZZ_VERIFY(toPresentation(record).size() <= 8 * size + 4096);
    }
    for (const Question &question : message->questions)
        verifyAnswer(*message, question);
    Message response = *message;
    response.isResponse = true;
    if (!response.answers.empty()) {
        const Question question{response.answers.front().owner, response.answers.back().type};
        response.questions = {question};
        verifyAnswer(response, question);
    }
    return 0;
}
