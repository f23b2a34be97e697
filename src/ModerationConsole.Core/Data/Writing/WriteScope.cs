namespace ModerationConsole.Core.Data;

/// <summary>What an operation on the write path works with: a context inside an open transaction and the time of the act.</summary>
public sealed class WriteScope(ConsoleDbContext db, DateTimeOffset now, ReadAhead? reads = null)
{
    private readonly List<Action> _afterCommit = [];
    private readonly List<object> _appended = [];

    /// <summary>Context of the operation's transaction. Pending changes are saved when the operation returns.</summary>
    public ConsoleDbContext Db { get; } = db;

    /// <summary>What can be read for many at once; for an operation that runs on its own it asks the database each time.</summary>
    public ReadAhead Reads { get; } = reads ?? new ReadAhead(db);

    /// <summary>The one time that everything in this operation happened.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Runs <paramref name="action"/> once the transaction has committed, and never otherwise.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// Adds a row to a log: something that is only ever added to, and that no operation reads to decide by. It is stored with the
    /// operation's transaction, and cannot be read inside of it.
    /// </summary>
    public void Append(object row) => _appended.Add(row);

    /// <summary>Call before returning a refusal from an operation that has already changed tracked rows: nothing of it is stored.</summary>
    public void Discard()
    {
        Db.ChangeTracker.Clear();
        _afterCommit.Clear();
        _appended.Clear();
        Discarded = true;
    }

    internal bool Discarded { get; private set; }

    internal IReadOnlyList<object> Appended => _appended;

    internal IReadOnlyList<Action> AfterCommitActions => _afterCommit;
}

/// <summary>Learns that this node has committed something. Must return at once.</summary>
public interface ICommitListener
{
    /// <summary>A transaction of this node was committed.</summary>
    void Committed();
}
