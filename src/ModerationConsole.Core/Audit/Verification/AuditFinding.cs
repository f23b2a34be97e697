namespace ModerationConsole.Core.Audit.Verification;

/// <summary>What kind of thing is wrong.</summary>
public enum AuditFault
{
    /// <summary>The content of an entry does not give the hash of its leaf: one of the two was changed.</summary>
    EntryChanged,

    /// <summary>A leaf, or a note that an entry waits to be sealed, names an entry that is not there.</summary>
    EntryMissing,

    /// <summary>An entry is neither sealed nor waiting for it: it came in past the console.</summary>
    EntryForeign,

    /// <summary>The tree has no leaf at an index below its end.</summary>
    LeafMissing,

    /// <summary>A tile is not what its leaves give.</summary>
    TileChanged,

    /// <summary>A tile that must be there is not.</summary>
    TileMissing,

    /// <summary>The leaves do not give the root that a head states.</summary>
    HeadRoot,

    /// <summary>The signature of a head does not fit.</summary>
    HeadSignature,

    /// <summary>A head names a key that this console does not have.</summary>
    HeadKey,

    /// <summary>A record does not give its own hash, or not the one that the audit holds of it.</summary>
    RecordChanged,

    /// <summary>The audit holds no hash of a record.</summary>
    RecordUnproved,
}

/// <summary>Something that is wrong.</summary>
/// <param name="Fault">Its kind.</param>
/// <param name="What">What it is about: entry, leaf, tile, head, or the name of a record.</param>
/// <param name="Number">Number of the entry, index of the leaf or tile, size of the head, case of the record.</param>
/// <param name="Detail">More of it: an id, or the level of a tile.</param>
public sealed record AuditFinding(AuditFault Fault, string What, long Number, string? Detail = null);

/// <summary>What a verification found.</summary>
public sealed record AuditVerification
{
    /// <summary>The first leaf that was recomputed.</summary>
    public required long From { get; init; }

    /// <summary>How many leaves the tree had.</summary>
    public required long Size { get; init; }

    /// <summary>How many leaves were recomputed from their entries.</summary>
    public required long Entries { get; init; }

    /// <summary>How many heads were checked.</summary>
    public required long Heads { get; init; }

    /// <summary>How many tiles were recomputed.</summary>
    public required long Tiles { get; init; }

    /// <summary>How many decisions, reveals and the like were recomputed.</summary>
    public required long Records { get; init; }

    /// <summary>How many entries waited to be sealed.</summary>
    public required long Waiting { get; init; }

    /// <summary>The newest head that was checked; null where there is none.</summary>
    public required AuditTreeHead? Head { get; init; }

    /// <summary>What is wrong, a bounded number of each kind.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>How many things are wrong altogether.</summary>
    public required long Wrong { get; init; }

    /// <summary>How long recomputing the tree took.</summary>
    public required TimeSpan TreeTime { get; init; }

    /// <summary>How long recomputing the records took.</summary>
    public required TimeSpan RecordTime { get; init; }

    /// <summary>Whether all of it is as it was sealed.</summary>
    public bool IsWhole => Wrong == 0;
}

/// <summary>Gathers findings, so many of a kind; a changed leaf makes every later head wrong.</summary>
internal sealed class FindingList
{
    private const int MostOfAKind = 25;

    private readonly List<AuditFinding> _kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditFinding> Kept => _kept;

    public void Add(AuditFinding finding)
    {
        Count++;
        if (_kept.Count(other => other.Fault == finding.Fault) < MostOfAKind)
        {
            _kept.Add(finding);
        }
    }
}
