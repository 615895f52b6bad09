// SPDX-License-Identifier: Apache-2.0
#include "bench/spf2_loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>
#include <unordered_map>

extern "C" {
#define HAVE_NS_TYPE 1
#include <arpa/nameser.h>
#include <spf2/spf.h>
#include <spf2/spf_dns.h>
}

namespace mailoscope::bench
{

namespace
{

struct DataWriter {
    std::string operator()(const IpAddress &address) const { return address.octets(); }
    std::string operator()(const dns::MxData &mx) const { return mx.exchange.text() + '\0'; }
    std::string operator()(const dns::TxtData &txt) const { return txt.joined() + '\0'; }
    std::string operator()(const dns::NameData &data) const { return data.name.text() + '\0'; }
    template <typename Other>
    std::string operator()(const Other &) const // not asked for by SPF
    {
        return {};
    }
};

std::string dataOf(const dns::ResourceRecord &record)
{
    return std::visit(DataWriter(), record.data);
}

} // namespace

/// The lowest layer of libspf2's DNS: a hash table of answers that have been made before, copied for each
/// question, as its own cache layer does.
class Spf2Loop::Private
{
public:
    explicit Private(const tests::Zone &given) : zone(given)
    {
        layer.lookup = &Private::lookup;
        layer.name = "memory";
        layer.hook = this;
        server = SPF_server_new_dns(&layer, 0);
        SPF_server_set_rec_dom(server, "receiver.example");
    }
    ~Private()
    {
        SPF_server_free(server);
        for (auto &[key, answer] : answers)
            SPF_dns_rr_free(answer);
    }

    static SPF_dns_rr_t *lookup(SPF_dns_server_t *layer, const char *domain, ns_type type, int)
    {
        auto *const self = static_cast<Private *>(layer->hook);
        std::string key = domain;
        key += ' ';
        key += std::to_string(static_cast<int>(type));
        auto found = self->answers.find(key);
        if (found == self->answers.end())
            found = self->answers.emplace(std::move(key), self->make(domain, type)).first;
        SPF_dns_rr_t *copy = nullptr;
        SPF_dns_rr_dup(&copy, found->second);
        return copy;
    }

    SPF_dns_rr_t *make(const char *domain, ns_type type)
    {
        const auto parsed = DomainName::parse(domain);
        if (!parsed)
            return SPF_dns_rr_new_nxdomain(&layer, domain);
        const dns::Answer answer = zone.answer({*parsed, static_cast<dns::RrType>(type)});
        if (answer.outcome != dns::Outcome::Answered) {
            const int error = answer.outcome == dns::Outcome::NxDomain ? HOST_NOT_FOUND : NO_DATA;
            return SPF_dns_rr_new_init(&layer, domain, type, 300, error);
        }
        SPF_dns_rr_t *made = SPF_dns_rr_new_init(&layer, domain, type, 300, NETDB_SUCCESS);
        for (std::size_t i = 0; i < answer.records.size(); ++i) {
            const std::string data = dataOf(answer.records[i]);
            SPF_dns_rr_buf_realloc(made, static_cast<int>(i), data.size());
            std::memcpy(made->rr[i], data.data(), data.size());
            made->num_rr = static_cast<int>(i) + 1;
        }
        return made;
    }

    const tests::Zone &zone;
    SPF_dns_server_t layer{};
    SPF_server_t *server = nullptr;
    std::unordered_map<std::string, SPF_dns_rr_t *> answers;
};

Spf2Loop::Spf2Loop(const tests::Zone &zone) : d(std::make_unique<Private>(zone)) {}

Spf2Loop::~Spf2Loop() = default;

std::string Spf2Loop::check(const std::string &ip, const std::string &sender, const std::string &helo)
{
    SPF_request_t *request = SPF_request_new(d->server);
    SPF_request_set_ipv4_str(request, ip.c_str());
    SPF_request_set_helo_dom(request, helo.c_str());
    SPF_request_set_env_from(request, sender.c_str());
    SPF_response_t *response = nullptr;
    SPF_request_query_mailfrom(request, &response);
    const std::string result = response ? SPF_strresult(SPF_response_result(response)) : "none";
    SPF_response_free(response);
    SPF_request_free(request);
    return result;
}

} // namespace mailoscope::bench
