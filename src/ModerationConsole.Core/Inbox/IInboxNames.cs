using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Inbox;

/// <summary>Names what people were told of by its id alone, as it is called when they look. Rooms above implement one each.</summary>
public interface IInboxNames
{
    /// <summary>Whether the subject of such entries is an id that this can name.</summary>
    bool Names(InboxKind kind);

    /// <summary>The names by id; what is gone has none.</summary>
    Task<IReadOnlyDictionary<string, string>> OfAsync(ConsoleDbContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken);
}
