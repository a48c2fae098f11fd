package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.PodDNSConfig;
import dev.longshore.api.core.v1.PodSpec;

/** What must hold for how a pod's names are resolved (source: Kubernetes API, core/v1 validation). */
final class DnsRules {
    private static final int MAX_SERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_LENGTH = 2048;

    private DnsRules() {
    }

    static void check(String path, PodSpec spec, Causes causes) {
        PodDNSConfig config = spec.getDnsConfig();
        if (spec.getDnsPolicy().equals("None") && !spec.hasDnsConfig()) {
            causes.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        } else if (spec.getDnsPolicy().equals("None") && config.getNameserversCount() == 0) {
            causes.required(path + ".nameservers",
                    "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        if (config.getNameserversCount() > MAX_SERVERS) {
            causes.invalid(path + ".nameservers", config.getNameserversList().toString(),
                    "must not have more than " + MAX_SERVERS + " nameservers");
        }
        for (int i = 0; i < config.getNameserversCount(); i++) {
            if (!Addresses.isIp(config.getNameservers(i))) {
                causes.invalid(path + ".nameservers[" + i + "]", config.getNameservers(i), Addresses.IP_TEXT);
            }
        }
        checkSearches(path + ".searches", config, causes);
        for (int i = 0; i < config.getOptionsCount(); i++) {
            if (config.getOptions(i).getName().isEmpty()) {
                causes.required(path + ".options[" + i + "]", "must not be empty");
            }
        }
    }

    private static void checkSearches(String path, PodDNSConfig config, Causes causes) {
        if (config.getSearchesCount() > MAX_SEARCHES) {
            causes.invalid(path, config.getSearchesList().toString(),
                    "must not have more than " + MAX_SEARCHES + " search paths");
        }
        if (String.join(" ", config.getSearchesList()).length() > MAX_SEARCH_LENGTH) {
            causes.invalid(path, config.getSearchesList().toString(), "must not have more than "
                    + MAX_SEARCH_LENGTH + " characters (including spaces) in the search list");
        }
        for (int i = 0; i < config.getSearchesCount(); i++) {
            String search = config.getSearches(i);
            String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
            Checks.subdomain(path + "[" + i + "]", name, causes);
        }
    }
}
