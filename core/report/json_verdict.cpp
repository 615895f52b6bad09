// SPDX-License-Identifier: Apache-2.0
#include "report/verdict_words.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

nlohmann::ordered_json toJson(const verdict::Evaluation &evaluation)
{
    using Json = nlohmann::ordered_json;
    const bool known = evaluation.level != verdict::Level::Unknown;
    Json json = {{"exact_domain_spoofing", known ? Json(std::string(toString(evaluation.level))) : Json()},
                 {"reason", sentenceOf(evaluation.reason)}};
    json["forged_mail"] = {{"exact_domain", std::string(toString(evaluation.exactDomain))},
                           {"subdomain", std::string(toString(evaluation.subdomain))},
                           {"nonexistent_subdomain", std::string(toString(evaluation.nonexistent))}};
    json["rules"] = Json::array();
    for (const verdict::Rule &rule : evaluation.rules)
        json["rules"].push_back({{"id", std::string(rule.id)},
                                 {"condition", sentenceOfRule(rule.id)},
                                 {"answer", std::string(toString(rule.answer))},
                                 {"reference", toString(rule.reference)}});
    json["not_testable"] = Json::array();
    for (const std::string_view id : verdict::notTestable())
        json["not_testable"].push_back(sentenceOfNotTestable(id));
    return json;
}

} // namespace mailoscope
