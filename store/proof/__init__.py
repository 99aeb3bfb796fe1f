"""証明: Shows to anyone that the record is what it was, without being trusted.

merkle.py       the tree over all events (RFC 6962, RFC 9162)
notes.py        signed notes and their keys (C2SP signed-note)
checkpoints.py  signed heads of the tree, and what witnesses add (C2SP tlog-checkpoint, -cosignature)
log.py          growing the tree and signing its heads
tiles.py        hashes and proofs read from the record (C2SP tlog-tiles, tlog-proof)
trust.py        by which keys and kept heads a head is believed
witness.py      the witness elsewhere: signs only what follows from what it signed
witnessing.py   asking a witness, and taking its answer (C2SP tlog-witness)
stamps.py       a time that nobody here sets (RFC 3161)
pack.py         what is handed to somebody who trusts nobody
standalone/     the verifier of one file that goes with a pack
"""
