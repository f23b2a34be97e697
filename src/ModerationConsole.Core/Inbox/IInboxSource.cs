using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Inbox;

/// <summary>Whose inbox is read.</summary>
public sealed record InboxQuestion(ConsoleDbContext Db, Guid PersonId, IReadOnlySet<Permission> Permissions, DateTimeOffset Now);

/// <summary>Something that needs a person.</summary>
/// <param name="Key">What it is about, unique for the person.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="At">Since when, UTC.</param>
/// <param name="CaseNumber">The case, where it is about one.</param>
/// <param name="TaskNumber">The task, where it is about one.</param>
/// <param name="Subject">A code or an id that says more.</param>
/// <param name="Name">Name of what it is about: a queue, a policy.</param>
/// <param name="Count">How many.</param>
/// <param name="DueAt">By when, UTC.</param>
public sealed record InboxEntry(
    string Key, InboxKind Kind, DateTimeOffset At, long? CaseNumber = null, long? TaskNumber = null, string? Subject = null, string? Name = null,
    int Count = 0, DateTimeOffset? DueAt = null);

/// <summary>
/// Something that needs people for as long as it is so: read when they look, so that it is never out of date. Rooms above
/// implement one each; what happens once is told instead, by <see cref="InboxPost"/>.
/// </summary>
public interface IInboxSource
{
    /// <summary>What needs the person now.</summary>
    Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken);
}
