namespace ModerationConsole.Core.Data;

/// <summary>
/// Knows what operations of one kind are going to read, and reads it for a whole group at once. Such operations run before all
/// others of their group, and what they change is saved together.
/// </summary>
public interface IForesight
{
    /// <summary>Reads ahead what <paramref name="asks"/> need.</summary>
    /// <param name="scope">Scope of the reading; it may change rows of the transaction, but appends nothing.</param>
    /// <returns>
    /// For each whether it may run on what was read. One that touches the same rows as another before it may not: it runs
    /// afterwards and reads for itself.
    /// </returns>
    Task<IReadOnlyList<bool>> ReadAsync(WriteScope scope, IReadOnlyList<object> asks, CancellationToken cancellationToken);
}

/// <summary>What an operation says of itself before it runs.</summary>
/// <param name="By">Who can read for it.</param>
/// <param name="Ask">What it is about.</param>
internal sealed record Foreseen(IForesight By, object Ask);
