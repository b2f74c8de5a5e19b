#include "cticonnector/language/log_sentences.hpp"

#include <algorithm>
#include <array>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/utc.hpp"
#include "cticonnector/language/phrases.hpp"

namespace cticonnector::language {

namespace {

using Text = std::string;

/// What a sentence is made of.
struct Line {
    const LogLine& read;
    Zone zone;

    std::string_view operator[](std::string_view key) const { return read[key]; }
};

struct Meaning {
    std::string_view word, text;
};
template <std::size_t n>
std::string_view meaning(const std::array<Meaning, n>& table, std::string_view word,
                         std::string_view otherwise) {
    const auto found = std::ranges::find(table, word, &Meaning::word);
    return found == table.end() ? otherwise : found->text;
}

constexpr std::array channels{Meaning{"voice", "call"}, Meaning{"action", "action item"},
                              Meaning{"chat", "chat"}};
constexpr std::array reasons{Meaning{"A0", "the HTTP sessions of the CRM are used up"},
                             Meaning{"A1", "all agent sessions are taken"},
                             Meaning{"M0", "the agent refused by hand"},
                             Meaning{"RONA", "not accepted in time"},
                             Meaning{"crm_gone", "SAP does not take the agent's events"},
                             Meaning{"voice_active", "a call is active"},
                             Meaning{"not_logged_in", "not logged on for this channel"},
                             Meaning{"duplicate", "the agent has it already"},
                             Meaning{"not_ready_on_its_way", "made not ready meanwhile"},
                             Meaning{"hidden", "a direct call while an item is active"},
                             Meaning{"rerouted", "without a reason"},
                             Meaning{"not_answered", "it only rang"},
                             Meaning{"failed", "the number is busy or cannot be reached"},
                             Meaning{"customer_left", "the customer has left"},
                             Meaning{"deleted", "by SAP"},
                             Meaning{"agent_logged_out", "the agent has logged out"},
                             Meaning{"REJECT", "refused"},
                             Meaning{"REROUTE", "given back, or label ROUTE_ERROR"},
                             Meaning{"RESTART", "a link or its task was lost"},
                             Meaning{"TIMEOUT", "label of the routing script"},
                             Meaning{"unknown_agent", "there is no such agent"},
                             Meaning{"wrong_password", "the password is not the agent's"},
                             Meaning{"invalid_device", "there is no such device"},
                             Meaning{"already_logged_on", "agent or device is in use elsewhere"},
                             Meaning{"already_in_medium", "the agent is logged on there already"},
                             Meaning{"task_on_its_way", "a task is under way to the agent"},
                             Meaning{"task_unknown", "there is no such task"},
                             Meaning{"invalid_destination", "this number cannot be dialled"},
                             Meaning{"no_link", "the CTI link is away"},
                             Meaning{"unsent", "the connector could not write it"}};
constexpr std::array states{Meaning{"ready", "ready"},       Meaning{"not_ready", "not ready"},
                            Meaning{"reserved", "reserved"}, Meaning{"busy", "busy"},
                            Meaning{"wrapup", "in wrap-up"}, Meaning{"logged_off", "logged off"}};
constexpr std::array causes{Meaning{"asked", "asked by the agent"},
                            Meaning{"login", "as the log-on left it"},
                            Meaning{"supervisor", "set in the contact center"},
                            Meaning{"A0", "after an A0: the HTTP sessions of the CRM are used up"},
                            Meaning{"A1", "after an A1: all agent sessions are taken"},
                            Meaning{"no_reason", "after an item that came back without a reason"},
                            Meaning{"RONA", "an item was not accepted in time"},
                            Meaning{"crm_gone", "SAP does not take the agent's events"},
                            Meaning{"crm_back", "SAP takes the agent's events again"},
                            Meaning{"link_lost", "the CTI link is lost"},
                            Meaning{"link_back", "the CTI link is back"},
                            Meaning{"logout_wish", "the agent wants to leave"},
                            Meaning{"after_call", "after a call that the agent dialled"}};
constexpr std::array log_outs{Meaning{"asked", "asked by the agent"},
                              Meaning{"shutting_down", "the connector stops"},
                              Meaning{"contact_center_lost", "the CTI link was away too long"},
                              Meaning{"logged_off_in_contact_center", "in the contact center"},
                              Meaning{"replaced", "the agent has logged on again"},
                              Meaning{"crm_session_lost", "SAP did not take the agent's events"}};
/// Of a Ready: the way back from what made them Not Ready.
constexpr std::array returns{Meaning{"asked", ""}, Meaning{"A0", "a session is free again"},
                             Meaning{"A1", "a session is free again"},
                             Meaning{"no_reason", "a session is free again"}};
constexpr std::array ends{Meaning{"ended", "has ended"},
                          Meaning{"transferred", "is transferred"},
                          Meaning{"deleted", "is deleted by SAP"},
                          Meaning{"not_answered", "was not answered"},
                          Meaning{"failed", "has ended, the number is busy or cannot be reached"},
                          Meaning{"customer_left", "has ended, the customer has left"}};
constexpr std::array waits{Meaning{"delayed", ""}, Meaning{"due", ""},
                           Meaning{"retry", ": an operator has asked for another try"},
                           Meaning{"mr_up", ": media routing is connected again"}};

Text in_brackets(std::string_view text) { return text.empty() ? Text{} : " (" + Text(text) + ")"; }
Text agent(Line line) {
    const auto user = line["user"];
    const auto id = line["agent"];
    return (user.empty() ? Text("agent") : Text(user)) + in_brackets(id.empty() ? "?" : id);
}
Text item(Line line) {
    const auto key = line["item"].empty() ? line["action_item"] : line["item"];
    return Text(meaning(channels, line["channel"], "item")) + " " + Text(key);
}
/// " from 10.0.0.1": who sent the request.
Text from(Line line) { return line["peer"].empty() ? Text{} : " from " + Text(line["peer"]); }
/// ": not in [ICI] AllowedPeers"
Text behind(Line line) { return line["text"].empty() ? Text{} : ": " + Text(line["text"]); }
Text reason(Line line) {
    const auto code = line["reason"];
    return Text(code) + in_brackets(meaning(reasons, code, ""));
}

/// A CRM's reason has a code in front at most; what else it says is its own, also where it is a word of ours.
Text reason_of_item(Line line) {
    if (line["origin"] != "crm") return reason(line);
    const auto words = line["reason"];
    const auto code = first_word(words);
    const bool known = code == "A0" || code == "A1" || code == "M0" || words == "rerouted";
    return Text(words) + in_brackets(known ? meaning(reasons, code, "") : "");
}

/// How full the agent is: the two limits that matter.
Text room(Line line) {
    Text text;
    for (const ToldCheck& c : read_explanation(line["explain"])) {
        const bool channel = c.check == "channel_limit";
        if (!channel && c.check != "item_maximum") continue;
        text += text.empty() ? ": " : ", ";
        text += c.have + " of " + c.limit + (channel ? " sessions of this channel in use" : " in all") +
                in_brackets(c.source);
    }
    return text;
}

Text why_not(Line line) {
    for (const ToldCheck& c : read_explanation(line["explain"])) {
        if (!c.ok)
            return ": check " + c.check + " failed, " + c.have + " against " + c.limit +
                   in_brackets(c.source);
    }
    return behind(line);
}

Text log_on(Line line) {
    return agent(line) + " logs on at device " + Text(line["device"]) + from(line) + ": voice " +
           Text(line["voice"]) + ", action " + Text(line["action"]) + ", chat " + Text(line["chat"]) +
           (line["adopted"].empty() ? "" : "; still logged in, and taken over");
}

bool is_not_ready(std::string_view workmode) { return workmode == "3" || workmode.size() > 3; }

Text cause(Line line) {
    const auto why = line["why"];
    if (line["state"] != "ready") return Text(meaning(causes, why, why));
    if (line["origin"] == "cc" && why == "login") return "as the contact center had it at the log-on";
    if (line["origin"] == "cc" && why != "supervisor") return "the contact center refused the Not Ready";
    return Text(meaning(returns, why, meaning(causes, why, why)));
}

Text state(Line line) {
    const auto name = line["state"];
    Text text = agent(line) + " is " + Text(meaning(states, name, name));
    const bool at_work = name == "reserved" || name == "busy" || name == "wrapup";
    if (at_work && !is_not_ready(line["workmode"])) return text;
    if (at_work) text += ", and Not Ready";
    if (const Text why = cause(line); !why.empty()) {
        text += ", " + why;
        if (!line["item"].empty()) text += in_brackets(line["item"]);
    }
    if (name != "ready" && !line["reason"].empty()) text += ", reason " + Text(line["reason"]);
    return text;
}

Text rerouted(Line line) {
    Text text = item(line) + " comes back from " + agent(line) + ", " + reason_of_item(line);
    if (const auto known = line["sessions"]; !known.empty() && line["reason"].starts_with('A'))
        text +=
            "; " + Text(known) + (known == "1" ? " other session was known" : " other sessions were known");
    if (!line["hidden"].empty()) text += ", so " + Text(line["hidden"]) + " are taken to be open by hand";
    return line["channel"] == "voice" ? text + "; it rings on at the phone" : text;
}

/// " at 12:00:05", in the zone of the times in front.
Text next(Line line, std::string_view at) {
    constexpr std::size_t date = 11;  ///< "2026-01-31T"
    const Text utc{line["next"]};
    if (!read_utc(utc)) return {};
    const Text shown = line.zone == Zone::local ? local_text(utc) : utc;
    return Text(at) + shown.substr(date, 8);
}

Text waiting(Line line) {
    const auto why = line["why"];
    Text text = item(line) + " waits";
    if (!line["reason"].empty()) text += " after a " + reason(line);
    if (why == "mr_down") return text + ", until media routing is connected";
    if (why == "closing_session")
        return text + ", until SAP has closed a session of " + agent(line) +
               next(line, ", at the latest at ");
    return text + ", to be routed again" + next(line, " at ") + Text(meaning(waits, why, ": " + Text(why)));
}

Text ended(Line line) {
    const auto why = line["reason"];
    Text text = item(line);
    if (why == "agent_logged_out") return text + " leaves " + agent(line) + ", who has logged out";
    if (!line["agent"].empty()) text += " of " + agent(line);
    return text + " " + Text(meaning(ends, why, "has ended, " + reason(line)));
}

Text requested(Line line) {
    Text text = item(line) + " is requested from the router, scenario " + Text(line["scenario"]) + ", try " +
                Text(line["try"]);
    return line["reason"].empty() ? text : text + ", after " + reason(line);
}

Text log_off(Line line) {
    if (!line["text"].empty())
        return agent(line) + (line["channel"].empty() ? "" : ", " + Text(line["channel"])) + ": " +
               Text(line["text"]);
    const auto why = line["why"];
    return agent(line) + " is logged off" + (why.empty() ? "" : ", " + Text(meaning(log_outs, why, why)));
}

/// "side A at cti-a:42027"
Text server(Line line) {
    Text text;
    if (!line["side"].empty()) text += "side " + Text(line["side"]);
    if (!line["host"].empty()) text += (text.empty() ? "" : " at ") + Text(line["host"]);
    if (!line["port"].empty()) text += ":" + Text(line["port"]);
    return text;
}

Text link(Line line, std::string_view what) {
    Text text{what};
    if (const Text other = server(line); !other.empty()) text += ", " + other;
    if (!line["why"].empty()) text += ": " + Text(line["why"]);
    return text;
}

Text open_refused(Line line) {
    if (line.read.level == "info") return server(line) + " is the standby, it waits for the other";
    Text text = "the CTI server, " + server(line) + ", refuses the connector: " + Text(line["why"]);
    return line["look_at"].empty() ? text : text + "; look at " + Text(line["look_at"]);
}

Text delivery_failed(Line line) {
    Text text = "SAP does not take " + Text(line["kind"]) + in_brackets(line["item"]) + " for " + agent(line);
    if (!line["try"].empty())
        text += ", try " + Text(line["try"]) + " of " + Text(line["of"]) +
                (line["try"] == line["of"] ? ", from now on again every " : ", the next in ") +
                Text(line["next_ms"]) + " ms";
    return text + behind(line);
}

/// The contact center said no, did not answer, or was not asked: the text tells.
Text request_failed(Line line) {
    const std::string_view request = line["request"];
    const bool ours = !request.empty() && request.front() >= 'a';  // not the name of a message
    Text text = request.empty() ? Text("a request to the contact center")
                : ours          ? "the request " + Text(request) + " to the contact center"
                                : Text(request);
    if (!line["agent"].empty()) text += " for " + agent(line);
    text += in_brackets(line["item"].empty() ? line["call"] : line["item"]) + " has failed";
    if (!line["reason"].empty() && line["reason"] != "other") text += ", " + reason(line);
    return text + behind(line);
}

struct Row {
    std::string_view event;
    Text (*tell)(Line);
};
constexpr std::array rows{
    Row{"agent.login", log_on},
    Row{"agent.login_refused",
        [](Line l) {
            return "log-on of " + Text(l["user"]) + from(l) + " refused, " + reason(l) + behind(l);
        }},
    Row{"agent.logout", log_off},
    Row{"agent.peer_changed", [](Line l) { return "requests of " + agent(l) + " come" + from(l) + " too"; }},
    Row{"agent.state", state},
    Row{"item.added",
        [](Line l) {
            return item(l) + " comes from SAP" + in_brackets(l["action_item"]) + ", scenario " +
                   Text(l["scenario"]) +
                   (l["why"] == "mr_down" ? "; it waits until media routing is connected" : "");
        }},
    Row{"item.requested", requested},
    Row{"item.label",
        [](Line l) { return "the router answers for " + item(l) + " with label " + Text(l["label"]); }},
    Row{"item.waiting", waiting},
    Row{"item.offered",
        [](Line l) {
            return item(l) + " is offered to " + agent(l) + ", " + Text(l["part"]) + " part" + room(l);
        }},
    Row{"item.dialled",
        [](Line l) {
            return agent(l) + " dials" + (l["origin"] == "cc" ? " at the phone" : "") + ": " + item(l) +
                   room(l);
        }},
    Row{"item.adopted", [](Line l) { return item(l) + " is still with " + agent(l) + " and is taken over"; }},
    Row{"item.refused",
        [](Line l) { return item(l) + " is NOT offered to " + agent(l) + ", " + reason(l) + why_not(l); }},
    Row{"item.accepted", [](Line l) { return item(l) + " is accepted by " + agent(l); }},
    Row{"item.rerouted", rerouted},
    Row{"item.ended", ended},
    Row{"item.parked", [](Line l) { return item(l) + " is parked: " + Text(l["why"]); }},
    Row{"item.invisible",
        [](Line l) {
            return item(l) + " of " + agent(l) + " is not shown in the CRM: " + reason_of_item(l);
        }},
    Row{"operator.act",
        [](Line l) {
            return "an operator at " + Text(l["peer"]) + ": " + Text(l["act"]) + " " + Text(l["target"]) +
                   ", " + Text(l["result"]) + behind(l);
        }},
    Row{"crm.delivery_failed", delivery_failed},
    Row{"crm.delivery_restored",
        [](Line l) {
            return "SAP takes the events of " + agent(l) + " again, after " + Text(l["after_s"]) + " s";
        }},
    Row{"crm.subscription_lost",
        [](Line l) { return "SAP does not take the events of " + agent(l) + behind(l); }},
    Row{"cc.request_failed", request_failed},
    Row{"language.missing",
        [](Line l) {
            return "language " + Text(l["language"]) + " is missing, " + Text(l["used"]) + " is used" +
                   behind(l);
        }},
    Row{"peer.refused",
        [](Line l) {
            return "a connection" + from(l) + " to " + Text(l["listener"]) + " is refused" + behind(l);
        }},
    Row{"ici.unauthorized",
        [](Line l) {
            return "a request" + from(l) + " is refused, user and password are " + Text(l["why"]) + behind(l);
        }},
    Row{"cti.open_refused", open_refused},
    Row{"cti.link_up", [](Line l) { return link(l, "the CTI link is up"); }},
    Row{"cti.link_down", [](Line l) { return link(l, "the CTI link is down"); }},
    Row{"mr.link_up", [](Line) { return Text("media routing is connected"); }},
    Row{"mr.link_down", [](Line l) { return link(l, "media routing is down"); }},
    Row{"service.started", [](Line l) { return "the connector starts, version " + Text(l["version"]); }},
    Row{"service.stopping",
        [](Line) {
            return Text("the connector stops: nothing new is offered, the CRM is told, the links are closed");
        }},
};

/// "key=value", in quotes where a blank would end the value.
Text field(std::string_view key, std::string_view value) {
    const bool quoted = value.empty() || value.find(' ') != std::string_view::npos;
    return " " + Text(key) + "=" + (quoted ? "\"" + Text(value) + "\"" : Text(value));
}

Text trouble(Line line) {
    Text text = line.read.level + ": " + line.read.event;
    const bool known = !line["agent"].empty();
    if (known) text += " " + agent(line);
    for (const auto& [key, value] : line.read.fields) {
        const bool told = key == "text" || (known && (key == "agent" || key == "user"));
        if (!told && key != "hex" && key != "fields") text += field(key, value);
    }
    return text + behind(line);
}

}  // namespace

/// Reading a line has undone what kept its values visible.
std::optional<std::string> sentence(const LogLine& line, Zone zone) {
    const auto row = std::ranges::find(rows, line.event, &Row::event);
    if (row != rows.end()) return visible(row->tell({line, zone}));
    if (line.level == "warning" || line.level == "error") return visible(trouble({line, zone}));
    return std::nullopt;
}

}  // namespace cticonnector::language
