"""The daemon's log told in plain sentences: who was offered what, who got it, and why not."""

import re

CHANNELS = {"voice": "call", "action": "action item", "chat": "chat"}
REASONS = {
    "A0": "the HTTP sessions of the CRM are used up",
    "A1": "all agent sessions are taken",
    "M0": "the agent refused by hand",
    "RONA": "not accepted in time",
}
STATES = {"ready": "ready", "not_ready": "not ready", "reserved": "reserved", "busy": "busy", "wrapup": "in wrap-up",
          "logged_off": "logged off"}


def checks(explain):
    """The numbers that were compared, by check: {"channel_limit": ("0", "2", "login", True)}."""
    found = re.findall(r"(\w+) (ok|failed) (-?\d+) against (-?\d+) \((\w+)\)", explain)
    return {check: (have, limit, source, result == "ok") for check, result, have, limit, source in found}


def room(explain):
    """How full the agent is: the two limits that matter."""
    numbers = checks(explain)
    parts = []
    if "channel_limit" in numbers:
        have, limit, source, _ = numbers["channel_limit"]
        parts.append(f"{have} of {limit} sessions of this channel in use ({source})")
    if "item_maximum" in numbers:
        have, limit, source, _ = numbers["item_maximum"]
        parts.append(f"{have} of {limit} in all ({source})")
    return ", ".join(parts)


def why_not(event):
    for check, (have, limit, source, ok) in checks(event.get("explain", "")).items():
        if not ok:
            return f"check {check} failed: {have} against {limit} ({source})"
    return event.get("text", "")


def held_back(event):
    """What the state alone does not tell: work goes on, but nothing new comes."""
    mode = event.get("workmode", "")
    not_ready = mode == "3" or (mode.isdigit() and int(mode) > 999)
    return ", and Not Ready: nothing new is routed here" if not_ready and event.get("state") != "not_ready" else ""


def item(event):
    return f'{CHANNELS.get(event.get("channel"), "item")} {event.get("item") or event.get("action_item", "")}'


def sentence(event):
    """One sentence, or None for lines that are no part of the story."""
    kind = event.get("event", "")
    agent = f'{event.get("user") or "agent"} ({event.get("agent", "?")})'
    reason = event.get("reason", "")
    if kind == "agent.login":
        return (f'{agent} logs on at device {event.get("device")}: voice {event.get("voice")}, '
                f'action {event.get("action")}, chat {event.get("chat")}')
    if kind == "agent.login_refused":
        return f'log-on of {event.get("user")} refused, {reason}: {event.get("text", "")}'
    if kind == "agent.logout":
        return f"{agent} is logged off"
    if kind == "agent.state":
        state = event.get("state", "")
        return f"{agent} is {STATES.get(state, state)}{held_back(event)}"
    if kind == "item.offered":
        return f'{item(event)} is offered to {agent}, {event.get("part")} part: {room(event.get("explain", ""))}'
    if kind == "item.refused":
        return f"{item(event)} is NOT offered to {agent}, {reason}: {why_not(event)}"
    if kind == "item.accepted":
        return f"{item(event)} is accepted by {agent}"
    if kind == "item.rerouted":
        known = f" ({REASONS[reason]})" if reason in REASONS else ""
        return f"{item(event)} comes back from {agent}, {reason}{known}; it is routed again"
    if kind == "item.ended":
        return f"{item(event)} of {agent} has ended"
    if kind == "item.parked":
        return f'{item(event)} is parked: {event.get("text", "")}'
    if kind == "item.invisible":
        return f'{item(event)} of {agent} is not shown in the CRM: {reason}'
    if kind in ("cti.link_up", "mr.link_up"):
        return "the CTI link is up" if kind.startswith("cti") else "media routing is connected"
    if kind in ("cti.link_down", "mr.link_down"):
        which = "the CTI link" if kind.startswith("cti") else "media routing"
        return f'{which} is down: {event.get("why", "")}'
    if kind == "service.stopping":
        return "the connector stops: nothing new is offered, the CRM is told, the links are closed"
    if event.get("level") in ("warning", "error"):
        return f'{event["level"]}: {kind} {agent if "agent" in event else ""} {reason} {event.get("text", "")}'.strip()
    return None
