#!/usr/bin/env python3
"""Verifies an audit journal of mcp-guard and its checkpoints; written from docs/audit-journal.md alone, with nothing of mcp-guard.

    python3 audit_verify.py FOLDER [KEY.pub | COPY.note]...

Needs Python 3.8; for signatures the package `cryptography`, else `openssl` 3 on the path. Only reads. Exit codes: 0 whole,
1 damaged, 2 cannot be read. It stops at the first fault of a chain; `mcp-guard audit verify` says more."""
import base64, glob, hashlib, json, os, re, struct, subprocess, sys, tempfile

NOTE = re.compile(rb"(mcp-guard/\S+)\n([\da-f-]{25})\n([1-9]\d*)\n([\w+/]{43}=)\n(\S+)\n\n((?:\xe2\x80\x94 \S+ \S+\n)+)\n")
TABLE = list(range(256))
for _ in range(8):
    TABLE = [n >> 1 ^ (0x82F63B78 if n & 1 else 0) for n in TABLE]
faults, hashes, recorded = [], {}, []  # hashes: (chain, number) -> hash, of every record; recorded: notes in records
removed, begins_after = [], None  # places, as ((chain, number), hash): the ends of what was deleted; what lies before the first record


def fault(file, at, text):
    faults.append(f"  {os.path.basename(file)} at byte {at}: {text}")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    return struct.pack(">I", crc ^ 0xFFFFFFFF)


def header(block, magic):  # of a segment, or a slot of the tip: (chain, number), hash
    epoch, nonce, number, digest = struct.unpack(">8xIQQ32s4x", block.ljust(64, b"\0"))
    good = block[:8] == magic + b"\0\0\1" and block[60:] == crc32c(block[:60])
    return (("%08d-%016x" % (epoch, nonce), number), digest) if good else None


def read_chain(chain, files, newest, oldest):  # returns the number of the last record, and what the first one says
    global begins_after
    number, last, first = 0, None, {}
    for file in files:
        data, at = open(file, "rb").read().rstrip(b"\0"), 64
        begins = header(data[:64], b"MCPGJ")
        if not begins or "%s-%016d.wal" % begins[0] != os.path.basename(file):
            fault(file, 0, "this is not the header of this file")
        if oldest and file == files[0] and begins and begins[0][1] > 1:
            number, last = begins[0][1] - 1, begins[1]
            begins_after = (chain, number), last
        while at < len(data):
            length, crc, found, kind, before = struct.unpack(">I4sQB32s", data[at:at + 49].ljust(49, b"\0"))
            payload = data[at + 49:at + 49 + length]
            whole = len(payload) == length <= 1 << 20 and crc == crc32c(data[at:at + 4] + data[at + 8:at + 49] + payload)
            if not whole and newest and file == files[-1]:
                break  # half a record, unless the tip names one that is here
            linked = found == number + 1 and last in (None, before) and (at > 64 or begins == ((chain, found), before))
            if not whole or kind != 1 or not linked:
                fault(file, at, f"record {number + 1} is not there, or does not follow the one before")
                return number, first
            last = hashes[chain, found] = hashlib.sha256(b"\1" + before + struct.pack(">Q", found) + payload).digest()
            try:
                event, number, at = json.loads(payload), found, at + 49 + length
                first = first or dict(event["arguments"], before=before.hex())
                what = (event["stage"], event["channel"], event["method"])
                if what == ("NOTICE", "SELF", "journal-removed"):
                    said = event["arguments"]
                    removed.append(((said["/chain"], int(said["/sequence"])), bytes.fromhex(said["/hash"])))
                if what == ("NOTICE", "SELF", "checkpoint"):
                    names = ("/origin", "/chain", "/sequence", "/hash", "/time", "/signature")
                    recorded.append([event["arguments"][name] for name in names])
            except (ValueError, KeyError):
                fault(file, at, f"record {found} is no audit event")
                return number, first
    return number, first


def read_journal(folder):
    global begins_after
    tip = os.path.join(folder, "tip")
    slots = open(tip, "rb").read() if os.path.exists(tip) else b""
    slots = [header(slots[:64], b"MCPGT"), header(slots[64:], b"MCPGT")]
    tips, chains, before, end = sorted(slot for slot in slots if slot), {}, None, 0
    for file in sorted(glob.glob(os.path.join(glob.escape(folder), "*.wal"))):
        chains.setdefault(os.path.basename(file)[:25], []).append(file)
    if not chains and not tips:
        raise OSError(f"there is no journal in {folder}")
    for chain, files in sorted(chains.items()):
        follows = (before, str(end), hashes.get((before, end), b"").hex()) if before else (None, None, None)
        end, first = read_chain(chain, files, chain == max(chains), before is None)
        said = tuple(first.get("/previous/" + name) for name in ("chain", "sequence", "hash"))
        if before is None and begins_after:
            before = chain  # it begins in its middle, and its first record is not here
            continue
        if before is None and all(said):
            begins_after, follows = ((said[0], int(said[1])), bytes.fromhex(said[2])), said
        if (said, first.get("/chain"), first.get("before")) != (follows, chain, said[2] or "00" * 32):
            fault(files[0], 64, f"record 1 follows {said[:2]} of {first.get('/chain')}, where {follows[:2]} lies before {chain}")
        if first.get("/previous/tip") not in ("found", "none"):
            fault(files[0], 64, "the tip was gone or damaged when this chain began")
        before = chain
    if begins_after and begins_after not in removed:
        fault(tip, 0, f"everything up to {begins_after[0]} is missing")
    if not tips or hashes.get(tips[-1][0]) != tips[-1][1]:
        fault(tip, 0, f"it names {tips[-1][0] if tips else 'nothing'}, which is not there")
    elif not all(slots) and tips[-1][0] == (before, end):
        fault(tip, 0, "one of its slots was edited")
    elif (end - tips[-1][0][1] > 1024) if tips[-1][0][0] == before else end > 1 + int(first.get("/orphans", 0)):
        fault(tip, 0, "it is an old one")


def verifies(key, text, signature):
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        with tempfile.TemporaryDirectory() as temp:
            paths = [os.path.join(temp, name) for name in "kts"]
            for path, data in zip(paths, (bytes.fromhex("302a300506032b6570032100") + key, text, signature)):
                open(path, "wb").write(data)
            call = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey {} -in {} -sigfile {}".format(*paths)
            return subprocess.run(call.split(), capture_output=True).returncode == 0
    try:
        return Ed25519PublicKey.from_public_bytes(key).verify(signature, text) is None
    except Exception:
        return False


def read_keys(file):  # PEM, or lines of name, id and key with a plus in between
    text = open(file).read()
    lines = ["".join(text.split("-----")[2].split())] if "-----BEGIN" in text else [l.split("+", 2)[2] for l in text.split()]
    return [base64.b64decode(line)[-32:] for line in lines]


def read_notes(file, keys, own):
    data, at, seen, latest = open(file, "rb").read() if os.path.exists(file) or not own else b"", 0, set(), {}
    for note in list(NOTE.finditer(data)) + [None]:
        between = data[at:note.start() if note else len(data)]
        torn = own and not note and not (between.endswith(b"\n\n") and b"\n\xe2\x80\x94 " in between)
        if between and not torn:
            fault(file, at, "this is no checkpoint")
        if not note:
            break
        at, text = note.end(), note[0].split(b"\n\n")[0] + b"\n"
        origin, chain, number, digest, time, signed = (group.decode() for group in note.groups())
        lines = [base64.b64decode(line.split(" ")[2]) for line in signed.splitlines() if line.split(" ")[1] == origin]
        ids = {key: hashlib.sha256(f"{origin}\n\1".encode() + key).digest()[:4] for key in keys}
        if keys and not any(line[:4] == ids[key] and verifies(key, text, line[4:]) for line in lines for key in keys):
            fault(file, note.start(), "none of the known keys has signed this")
        place = chain, int(number)
        known = dict([begins_after] if begins_after in removed else [])
        deleted = known and place < begins_after[0]
        if not deleted and {**hashes, **known}.get(place) != base64.b64decode(digest):
            fault(file, note.start(), f"record {number} of {chain} is not there, or not as it was on {time}")
        late = int(number) < latest[chain] if chain in latest else chain < max(latest, default="")
        if own and (late or note[0] in seen):
            fault(file, note.start(), "this stands here a second time, or after a later one")
        latest[chain] = max(int(number), latest.get(chain, 0))
        seen.add(note[0])
    for *lines, signature in recorded if own else []:
        if "\n".join(lines + ["", f"\u2014 {lines[0]} {signature}", "", ""]).encode() not in seen:
            fault(file, 0, f"the checkpoint of {lines[4]}, which is on record, is missing")
    return len(seen)


if __name__ == "__main__":
    try:
        folder, *others = sys.argv[1:]
        known = [key for file in others if file.endswith(".pub") for key in read_keys(file)]
        read_journal(folder)
        found = read_notes(os.path.join(folder, "checkpoints.note"), known, True)
        found += sum(read_notes(file, known, False) for file in others if not file.endswith(".pub"))
    except (OSError, ValueError) as failure:
        print(f"cannot be read: {failure}", file=sys.stderr)
        sys.exit(2)
    if known and not found:
        fault("checkpoints.note", 0, "there is no checkpoint")
    print(f"{len(hashes)} records, {found} checkpoints" + ("" if known else " whose signatures were not checked"))
    print("\n".join([f"DAMAGED in {len(faults)} places:"] + faults) if faults else "Whole")
    sys.exit(1 if faults else 0)
