namespace ModerationConsole.Core.Data;

/// <summary>A question that can be asked of many rows at once.</summary>
/// <typeparam name="TKey">Of what it is asked.</typeparam>
/// <typeparam name="TValue">The answer; rows in it are tracked or not as the question says.</typeparam>
/// <param name="ask">
/// Asks it for some keys, none twice. A key without an answer is left out. Null where it cannot be asked for several at once; it
/// is never null for one.
/// </param>
internal sealed class Reading<TKey, TValue>(Func<ConsoleDbContext, IReadOnlyList<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>?>> ask)
    where TKey : notnull
{
    public Task<Dictionary<TKey, TValue>?> AskAsync(ConsoleDbContext db, IReadOnlyList<TKey> keys, CancellationToken cancellationToken) =>
        ask(db, keys, cancellationToken);
}

/// <summary>
/// What an operation reads: from what was read ahead for all of its group, or else from the database at once. Asking once for
/// many people is what makes a group cheaper than its operations one by one.
/// </summary>
/// <param name="db">Context of the transaction.</param>
public sealed class ReadAhead(ConsoleDbContext db)
{
    private readonly Dictionary<object, object> _known = [];

    /// <summary>Context of the transaction, for what is only ever asked once.</summary>
    public ConsoleDbContext Db { get; } = db;

    /// <summary>Keeps something that the operations of a group share; there is one of each type.</summary>
    internal void Share<T>(T shared)
        where T : class => _known[typeof(T)] = shared;

    /// <summary>What the group shares; null for an operation that runs on its own.</summary>
    internal T? Shared<T>()
        where T : class => _known.GetValueOrDefault(typeof(T)) as T;

    /// <summary>The answer for one key; default where there is none.</summary>
    internal async ValueTask<TValue?> FindAsync<TKey, TValue>(Reading<TKey, TValue> what, TKey key, CancellationToken cancellationToken)
        where TKey : notnull
    {
        if (_known.TryGetValue(what, out object? known) && ((Answers<TKey, TValue>)known).Asked.Contains(key))
        {
            return ((Answers<TKey, TValue>)known).Found.GetValueOrDefault(key);
        }

        return (await what.AskAsync(Db, [key], cancellationToken).ConfigureAwait(false))!.GetValueOrDefault(key);
    }

    /// <summary>Asks for many keys at once and keeps the answers; returns those found.</summary>
    internal async Task<IReadOnlyDictionary<TKey, TValue>> LoadAsync<TKey, TValue>(
        Reading<TKey, TValue> what, IEnumerable<TKey> keys, CancellationToken cancellationToken)
        where TKey : notnull
    {
        Answers<TKey, TValue> answers = new([], []);
        HashSet<TKey> asked = [.. keys];
        if (asked.Count > 0 && await what.AskAsync(Db, [.. asked], cancellationToken).ConfigureAwait(false) is { } found)
        {
            answers = new(asked, found);
        }

        _known[what] = answers;
        return answers.Found;
    }

    private sealed record Answers<TKey, TValue>(HashSet<TKey> Asked, Dictionary<TKey, TValue> Found)
        where TKey : notnull;
}
