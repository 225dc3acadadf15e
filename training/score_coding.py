"""Scores events coded from text alone against PETRARCH's validation sentences: who did which type of thing to whom, by country.

    cargo xtask predict coding INPUT.jsonl > predictions.jsonl       (INPUT: {"id","text","date"} a line; `score_coding.py --input GOLD` makes it)
    python score_coding.py PLOVER.json GOLD.jsonl predictions.jsonl [--errors N]

A gold event is right when an event of its PLOVER type (through the CAMEO map of PLOVER.json) has its source's country among the actors and its target's among the
recipients; where everybody acts (talks, deals, fights), both among the actors. `---` asks for nobody in particular. One event may stand for both directions of a
gold pair. Extra: events that stand for no gold event, as a share of the gold events; our own types INCIDENT, OFFICE and STEP are outside PLOVER and not counted.
Extra of two parties: those among them that a dyadic coder would print at all, with somebody of known country or sector on both sides, or twice among the actors.
Needs only Python 3.
"""
import argparse
import json
from collections import Counter

PLOVER = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",
          "COERCE", "ASSAULT"}


def lines(path):
    with open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def types(plover):
    """CAMEO code to PLOVER type; a code that the map lacks has its root's."""
    with open(plover, encoding="utf8") as file:
        rows = json.load(file)["cameo2plover"]
    exact = {row["cameo"]: row["plover"] for row in rows}
    roots = {}
    for code in sorted(exact):
        roots.setdefault(code[:2], exact[code])
    def kind(code):
        return next((exact[code[:n]] for n in range(len(code), 1, -1) if code[:n] in exact), roots.get(code[:2]))
    return kind


def is_there(code, participants):
    country = code[:3]
    return country == "---" or any(p["country"] == country or (p["country"] is None and p["sector"] == country) for p in participants)


def fits(event, gold, kind, by_type=True):
    if by_type and event["type"] != kind:
        return False
    actors, recipients = event["actors"], event["recipients"]
    source, target = gold["sourcecode"], gold["targetcode"]
    if is_there(source, actors) and is_there(target, recipients):
        return True
    return is_there(source, actors) and is_there(target, actors) and not recipients


def is_dyad(event):
    known = lambda people: sum(bool(p["country"] or p["sector"]) for p in people)
    return bool(known(event["actors"]) and known(event["recipients"])) or known(event["actors"]) > 1


def shown(event):
    side = lambda people: " + ".join(f"{p['name']} ({p['country'] or '-'} {p['sector'] or '-'})" for p in people) or "nobody"
    return f"{event['type']} {event['status']} “{event['trigger']}”: {side(event['actors'])} → {side(event['recipients'])}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plover")
    parser.add_argument("gold")
    parser.add_argument("predictions", nargs="?")
    parser.add_argument("--input", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    gold = lines(args.gold)
    if args.input:
        for row in gold:
            day = row["date"] if len(row["date"]) == 8 else ""
            print(json.dumps({"id": row["id"], "text": row["text"], "date": f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None}, ensure_ascii=False))
        return
    kind_of = types(args.plover)
    found = {line["id"]: line["events"] for line in lines(args.predictions)}
    n_gold = right = paired = extra = dyads = 0
    kinds, errors = Counter(), []
    for row in gold:
        events = [event for event in found.get(row["id"], []) if event["type"] in PLOVER]
        stood = set()
        wrong = []
        for event in row["events"] or []:
            kind = kind_of(event["eventcode"])
            if kind is None:  # statements, which PLOVER does not code
                continue
            n_gold += 1
            hits = [i for i, mine in enumerate(events) if fits(mine, event, kind)]
            stood.update(hits)
            right += bool(hits)
            pair = [i for i, mine in enumerate(events) if fits(mine, event, kind, by_type=False)]
            paired += bool(pair)
            if not hits:
                kinds["type" if pair else "participants" if any(mine["type"] == kind for mine in events) else "missed" if not events else "other"] += 1
                wrong.append(f"    missed {kind} ({event['eventcode']}) {event['sourcecode']} → {event['targetcode']}")
        spare = [i for i in range(len(events)) if i not in stood]
        extra += len(spare)
        dyads += sum(is_dyad(events[i]) for i in spare)
        wrong += [f"    extra {shown(events[i])}" for i in spare]
        if wrong:
            errors.append("\n".join([f"{row['id']}: {row['text']}", *wrong]))
    print(f"right of gold   {right / n_gold:.3f}  ({right} of {n_gold})")
    print(f"pair right, any type  {paired / n_gold:.3f}  ({paired})")
    print(f"extra           {extra / n_gold:.3f}  ({extra})")
    print(f"extra of two parties {dyads / n_gold:.3f}  ({dyads})")
    print("missed by kind:", ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    print("\n".join(errors[:args.errors]))


if __name__ == "__main__":
    main()
