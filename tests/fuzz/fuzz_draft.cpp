// SPDX-License-Identifier: Apache-2.0
// Any octets as the file of a draft; and as the text of a record that is edited, published and written down
// in every form. What is read survives its file, and no text that is copied carries control characters on.
#include "fixes/copy_as.h"
#include "fixes/edits.h"
#include "verify.h"

#include <algorithm>

using namespace mailoscope;

namespace
{

void verifyFile(std::string_view octets)
{
    const auto draft = fixes::readDraft(octets);
    if (!draft) {
        FUZZ_VERIFY(!draft.error().empty());
        return;
    }
    const auto again = fixes::readDraft(fixes::toJson(*draft));
    FUZZ_VERIFY(again && *again == *draft);
    (void)draft->changes();
}

/// Line ends and tabs aside, which the forms lay themselves out with.
bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

void verifyForms(const fixes::EditedRecords &draft)
{
    const FactStore nothing;
    const std::vector<fixes::Change> changes = draft.changes();
    (void)fixes::published(changes, nothing);
    const fixes::CopyRequest request = fixes::copyRequest(changes, nothing);
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        const fixes::Copied copied = fixes::copyAs(info.form, request);
        FUZZ_VERIFY(copied.text.empty() || copied.text.ends_with('\n'));
        FUZZ_VERIFY(std::none_of(copied.text.begin(), copied.text.end(), isControl));
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    verifyFile(octets);
    if (octets.empty() || octets.size() > fixes::MaxEditOctets)
        return 0;
    const auto &types = fixes::editableTypes();
    fixes::EditedRecords draft;
    draft.domain = *DomainName::parse("example.com");
    draft.edits.push_back({draft.domain,
                           types[static_cast<unsigned char>(octets.front()) % types.size()],
                           std::nullopt,
                           std::string(octets.substr(1)),
                           {}});
    verifyForms(draft);
    return 0;
}
