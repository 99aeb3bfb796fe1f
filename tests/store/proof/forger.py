"""What somebody can do who owns the database, and perhaps the log's key: all of it, consistently."""

import asyncpg

from store.canonical import body_digest, preimage, seal
from store.proof.checkpoints import Checkpoint
from store.proof.log import Edge, save
from store.proof.merkle import Frontier, leaf
from store.proof.notes import Signer

TABLES = ("event", "head", "personal", "log", "tile", "checkpoint", "cosignature", "progress")


class Forger:
    """Works on one connection of the owner, every trigger off."""

    def __init__(self, owner: asyncpg.Connection) -> None:
        self.owner = owner

    async def begin(self) -> None:
        for table in TABLES:
            await self.owner.execute(f"alter table kyodo.{table} disable trigger all")

    async def run(self, statement: str, *arguments: object) -> None:
        await self.owner.execute(statement, *arguments)

    async def rechain(self, case: str) -> None:
        """Make every digest and hash of a case follow from its bodies again."""
        previous = b""
        query = "select * from kyodo.event where case_id = $1 order by number"
        for row in await self.owner.fetch(query, case):
            digest = body_digest(row["salt"], row["body"])
            text = preimage(
                municipality=row["municipality"],
                case=case,
                number=row["number"],
                command_id=row["command_id"],
                command_digest=row["command_digest"],
                recorded_at=row["recorded_at"],
                digest=digest,
                previous=previous,
            )
            await self.run(
                "update kyodo.event set body_digest = $3, previous = $4, hash = $5 "
                "where case_id = $1 and number = $2",
                *(case, row["number"], digest, previous, seal(text)),
            )
            previous = seal(text)
        await self.run(
            "update kyodo.head h set number = e.number, hash = e.hash from kyodo.event e "
            "where h.case_id = $1 and e.case_id = $1 and e.number = (select max(number) from "
            "kyodo.event where case_id = $1)",
            case,
        )

    async def relog(self) -> None:
        """Make the log and its tiles follow from the events again, in the order of `seq`."""
        await self.run("delete from kyodo.log; delete from kyodo.tile")
        await self.run(
            "insert into kyodo.log select row_number() over (order by seq), seq, case_id, number, "
            "hash from kyodo.event"
        )
        edge = Edge()
        await save(self.owner, edge.grow(await self.leaves()))

    async def leaves(self) -> list[bytes]:
        rows = await self.owner.fetch("select hash from kyodo.log order by position")
        return [leaf(row["hash"]) for row in rows]

    async def resign(self, key: Signer) -> None:
        """Make every signed head follow from the log again, under a key that was come by."""
        leaves, tree = await self.leaves(), Frontier()
        for row in await self.owner.fetch("select size from kyodo.checkpoint order by size"):
            tree.extend(leaves[tree.size : row["size"]])
            head = Checkpoint(key.name, tree.size, tree.root())
            await self.run(
                "update kyodo.checkpoint set root = $2, note = $3 where size = $1",
                *(row["size"], head.root, str(head.signed(key))),
            )

    async def cut(self, size: int) -> None:
        """Take away everything after the first `size` events, as if it had never been."""
        await self.run("delete from kyodo.cosignature where size > $1", size)
        await self.run("delete from kyodo.checkpoint where size > $1", size)
        await self.run(
            "delete from kyodo.event e using kyodo.log l where l.seq = e.seq and l.position > $1",
            size,
        )
        await self.run("delete from kyodo.log where position > $1", size)
        await self.run(
            "delete from kyodo.head h where not exists (select from kyodo.event e where e.case_id = h.case_id)"
        )
        await self.run(
            "update kyodo.head h set number = e.number, hash = e.hash from kyodo.event e "
            "where e.case_id = h.case_id and e.number = (select max(number) from kyodo.event m "
            "where m.case_id = h.case_id)"
        )
