namespace ModerationConsole.Benchmarks;

/// <summary>What the command line takes.</summary>
internal static class Usage
{
    public const string Text =
        """
        Usage: dotnet run -c Release --project tests/ModerationConsole.Benchmarks -- VERB [options]

        Every verb takes
               --json                                 results as lines of JSON on standard output; what is going on is on standard error
               --directory PATH                       where temporary folders are made (default the system's)
        Where a database can be chosen
               --provider sqlite|postgres|sqlserver   (default sqlite)
               --connection STRING                    postgres: any database of a server on which databases may be made, each is dropped at the
                                                      end; sqlserver: an empty database
        Only ratios taken inside one round mean anything where others use the disk: both sides are measured by turns.

        desk   claim and decide through the real use cases, each node a process of its own, by turns with a peer
               --moderators N[,N]                     who work at once on each node, one result each (default 16)
               --rounds N                             turns of each side (default 5)
               --seconds S                            measured time a turn (default 4)
               --warm-up S                            work before the first turn (default 30)
               --cases N                              cases that wait at the beginning of each turn (default 1500 a second, at least 5000)
               --nodes N                              processes on one database, for postgres (default 1)
               --audit full|none                      none: beside a console whose audit stores nothing, instead of the peer
               --peer PATH                            the folder of the peers' scripts with their packages; without it only the disk's floor is compared
               --peer-redis PORT                      the Redis they use, which is emptied (default 56380, fsync always, for sqlite; else 56379)
               --peer-postgres URL                    the database they use (default postgres://postgres@127.0.0.1:55432/bench)

        intake   one item a request to POST items/async/, by turns with an endpoint of the same process that only reads the body, and with
               the peer's batch path; and how soon each item's case is there. Sent by wrk where it is installed, else by this program
               --connections N                        how many send at once (default 64)
               --rounds N, --seconds S                turns of each side (default 5), and how long each is (default 5)
               --peer PATH, --peer-redis PORT         as for desk (default port 56379)

        push   from a commit on one node until circuits of another one have drawn it, over the real protocol, and what those weigh
               --nodes N                              2, or 1 for one node that does both (default 2 for postgres, else 1)
               --count N                              circuits on the node that draws (default 10)
               --showing N                            how many of them show what changes; the others show the queues (default all)
               --seconds S                            changes, one a second (default 30)

        scale   one moderator's claims where a thousand tasks wait and where very many do, by turns, and the bytes of a waiting task
               --rows N                               very many (default 10000000); the table is filled by the database
               --claims N                             claims a turn (default 200)
               --rounds N                             turns of each (default 5)

        snapshot   the desk while a transaction holds a snapshot open, by turns with the desk alone; for postgres
               --hold S                               how long it is open each turn (default 60); the turn alone lasts as long
               --seconds S                            measured at the end of it (default 10)
               --moderators N, --nodes N, --rounds N, --cases N     as for desk

        circuits   open pages over the real protocol: how soon a change is drawn, how soon the next task is, what a desk weighs
               --count N                              circuits connected (default 200)
               --seconds S                            changes, one a second, each time (default 30)
               --warm-up N                            how often all are opened and closed before they are weighed (default 3)
               --deciding N                           desks that decide (default 10)
               --tasks N                              tasks decided before memory is weighed again (default 1000)

        duplicates   search for near duplicates by the index and by a plain scan, by turns, over hashes of which half are near
               duplicates; one line for pictures (256 bits) and one for texts (64 bits); no --directory
               --hashes N                             how many there are (default 1000000)
               --queries N                            searches each turn (default 200)
               --rounds N                             turns of each (default 5)

        cases  the list of cases at its beginning, middle and end, both ways, and its search, among a thousand cases and among very
               many, by turns, as multiples of the first page of a thousand; --cases N says how many that is (default 15000)

        seal   what sealing the audit costs the desk (with and without it, twice by turns), how long entries wait, how fast
               the audit is verified; for sqlite
               --moderators, --seconds, --cases       as for desk (default 10 seconds)
               --entries N                            entries that are verified (default 300000)

        quality   the figures of the overview of quality, read among a million decisions of four weeks, by turns with one row by its key;
               for sqlite and postgres
               --decisions N                          how many there are (default 1000000); the tables are filled by the database
               --samples N                            how many of them were drawn (default one of 20)
               --reads N                              how often they are read (default 200)

        precedents   what the desk offers beside a case, the whole use case, among ten thousand precedents whose items are the same, nearly
               the same, look the same or share words, by turns with one row by its key; for sqlite and postgres
               --precedents N                         how many there are (default 10000)
               --cases N                              cases at hand, one for each person (default 100)
               --offers N                             how often precedents are looked up (default 1000)

        agreement   how far those agree who labelled the rows of a file, each of their votes taken as a verdict; nothing but --json beside
               --labels PATH                          CSV with counts of votes in the columns neither, offensive_language and hate_speech
        """;
}
