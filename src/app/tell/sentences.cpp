#include "sentences.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cticonnector::app::tell {

namespace {

using Text = std::string;
using Line = const LogLine&;

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
                             Meaning{"duplicate", "the agent has it already"}};
constexpr std::array states{Meaning{"ready", "ready"},       Meaning{"not_ready", "not ready"},
                            Meaning{"reserved", "reserved"}, Meaning{"busy", "busy"},
                            Meaning{"wrapup", "in wrap-up"}, Meaning{"logged_off", "logged off"}};
constexpr std::array causes{Meaning{"asked", "asked by the agent"},
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
constexpr std::array endings{Meaning{"asked", "asked by the agent"},
                             Meaning{"shutting_down", "the connector stops"},
                             Meaning{"contact_center_lost", "the CTI link was away too long"},
                             Meaning{"logged_off_in_contact_center", "in the contact center"},
                             Meaning{"replaced", "the agent has logged on again"},
                             Meaning{"crm_session_lost", "SAP did not take the agent's events"}};
constexpr std::array waits{
    Meaning{"mr_down", "until media routing is connected"}, Meaning{"delayed", "before it is routed again"},
    Meaning{"due", "to be routed again"}, Meaning{"retry", "an operator has asked for another try"},
    Meaning{"closing_session", "until SAP has closed a session of"}};

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
Text reason(Line line) {
    const auto code = line["reason"];
    return Text(code) + in_brackets(meaning(reasons, code, ""));
}

/// One check of an explanation: "channel_limit failed 2 against 2 (login)".
struct Checked {
    std::string_view check, result, have, limit, source;
};
std::vector<Checked> checks(std::string_view explanation) {
    std::vector<Checked> found;
    while (!explanation.empty()) {
        std::string_view one = explanation.substr(0, explanation.find(';'));
        explanation.remove_prefix(std::min(one.size() + 2, explanation.size()));
        std::array<std::string_view, 6> words;
        for (std::string_view& word : words) {
            word = one.substr(0, one.find(' '));
            one.remove_prefix(std::min(word.size() + 1, one.size()));
        }
        const auto& [check, result, have, against, limit, source] = words;
        if (against == "against") found.push_back({check, result, have, limit, source});
    }
    return found;
}

/// How full the agent is: the two limits that matter.
Text room(Line line) {
    Text text;
    for (const Checked& c : checks(line["explain"])) {
        const bool channel = c.check == "channel_limit";
        if (!channel && c.check != "item_maximum") continue;
        text += text.empty() ? ": " : ", ";
        text += Text(c.have) + " of " + Text(c.limit) +
                (channel ? " sessions of this channel in use " : " in all ") + Text(c.source);
    }
    return text;
}

Text why_not(Line line) {
    for (const Checked& c : checks(line["explain"])) {
        if (c.result == "failed")
            return ": check " + Text(c.check) + " failed, " + Text(c.have) + " against " + Text(c.limit) +
                   " " + Text(c.source);
    }
    return line["text"].empty() ? Text{} : ": " + Text(line["text"]);
}

Text log_on(Line line) {
    return agent(line) + " logs on at device " + Text(line["device"]) + ": voice " + Text(line["voice"]) +
           ", action " + Text(line["action"]) + ", chat " + Text(line["chat"]) +
           (line["adopted"].empty() ? "" : "; still logged in, and taken over");
}

bool is_not_ready(std::string_view workmode) { return workmode == "3" || workmode.size() > 3; }

Text state(Line line) {
    const auto name = line["state"];
    Text text = agent(line) + " is " + Text(meaning(states, name, name));
    const bool held_back = is_not_ready(line["workmode"]) && name != "not_ready";
    if (held_back) text += ", and Not Ready: nothing new is routed here";
    const bool tells_more = name == "ready" || name == "not_ready" || name == "logged_off" || held_back;
    if (tells_more && !line["why"].empty()) {
        text += ", " + Text(meaning(causes, line["why"], line["why"]));
        if (!line["item"].empty()) text += in_brackets(line["item"]);
    }
    if (name == "not_ready" && !line["reason"].empty()) text += ", reason " + Text(line["reason"]);
    return text;
}

Text rerouted(Line line) {
    Text text = item(line) + " comes back from " + agent(line) + ", " + reason(line);
    if (const auto known = line["sessions"]; !known.empty() && line["reason"].starts_with('A'))
        text +=
            "; " + Text(known) + (known == "1" ? " other session was known" : " other sessions were known");
    if (!line["hidden"].empty()) text += ", so " + Text(line["hidden"]) + " are taken to be open by hand";
    return text + (line["channel"] == "voice" ? "; it rings on at the phone" : "; it is routed again");
}

constexpr std::size_t time_of_day = 11;  ///< in a time of the log

Text waiting(Line line) {
    Text text = item(line) + " waits";
    if (!line["reason"].empty()) text += ", " + reason(line);
    text += ", " + Text(meaning(waits, line["why"], line["why"]));
    if (!line["agent"].empty()) text += " " + agent(line);
    if (const auto next = line["next"]; next.size() > time_of_day)
        text += ", until " + Text(next.substr(time_of_day, 8)) + " UTC";
    return text;
}

Text requested(Line line) {
    Text text = item(line) + " is requested from the router, scenario " + Text(line["scenario"]) + ", try " +
                Text(line["try"]);
    return line["reason"].empty() ? text : text + ", after " + reason(line);
}

Text link(Line line, std::string_view what) {
    Text text{what};
    if (!line["side"].empty()) text += ", side " + Text(line["side"]);
    if (!line["host"].empty()) text += " at " + Text(line["host"]);
    if (!line["port"].empty()) text += ":" + Text(line["port"]);
    if (!line["why"].empty()) text += ": " + Text(line["why"]);
    return text;
}

struct Row {
    std::string_view event;
    Text (*tell)(Line);
};
constexpr std::array rows{
    Row{"agent.login", log_on},
    Row{"agent.login_refused",
        [](Line l) {
            return "log-on of " + Text(l["user"]) + " refused, " + reason(l) + ": " + Text(l["text"]);
        }},
    Row{"agent.logout",
        [](Line l) {
            Text text = agent(l) + " is logged off";
            if (!l["why"].empty()) text += ", " + Text(meaning(endings, l["why"], l["why"]));
            return text;
        }},
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
    Row{"item.adopted", [](Line l) { return item(l) + " is still with " + agent(l) + " and is taken over"; }},
    Row{"item.refused",
        [](Line l) { return item(l) + " is NOT offered to " + agent(l) + ", " + reason(l) + why_not(l); }},
    Row{"item.accepted", [](Line l) { return item(l) + " is accepted by " + agent(l); }},
    Row{"item.rerouted", rerouted},
    Row{"item.ended",
        [](Line l) {
            if (l["agent"].empty()) return item(l) + " has ended, " + reason(l);
            return item(l) + " of " + agent(l) + " has ended";
        }},
    Row{"item.parked", [](Line l) { return item(l) + " is parked: " + Text(l["why"]); }},
    Row{"item.invisible",
        [](Line l) { return item(l) + " of " + agent(l) + " is not shown in the CRM: " + reason(l); }},
    Row{"operator.act",
        [](Line l) {
            return "an operator at " + Text(l["peer"]) + ": " + Text(l["act"]) + " " + Text(l["target"]) +
                   ", " + Text(l["result"]) + (l["text"].empty() ? "" : ": " + Text(l["text"]));
        }},
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

Text trouble(Line line) {
    Text text = line.level + ": " + line.event;
    if (!line["agent"].empty()) text += " " + agent(line);
    for (const std::string_view key : {"request", "message", "reason", "why", "text"}) {
        if (!line[key].empty()) text += " " + Text(line[key]);
    }
    return text;
}

}  // namespace

std::optional<std::string> sentence(const LogLine& line) {
    const auto row = std::ranges::find(rows, line.event, &Row::event);
    if (row != rows.end()) return row->tell(line);
    if (line.level == "warning" || line.level == "error") return trouble(line);
    return std::nullopt;
}

}  // namespace cticonnector::app::tell
