using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>A kind of record that is kept for a number of days and then removed. Each room answers with its own.</summary>
public interface IRecordClass
{
    /// <summary>Code of the class, e.g. <c>deliveries</c>; see <see cref="RecordClasses"/>.</summary>
    string Name { get; }

    /// <summary>How long it is kept unless someone set another time.</summary>
    int DefaultDays { get; }

    /// <summary>The shortest time that may be set.</summary>
    int LeastDays { get; }

    /// <summary>A class that must be kept at least as long; null where none need be.</summary>
    string? Within => null;

    /// <summary>Whether it may be told how much was removed.</summary>
    bool IsCounted => true;

    /// <summary>Removes what is older, in small batches. What is held, or still needed, stays.</summary>
    /// <param name="pass">Runs the batches and counts what they removed.</param>
    /// <param name="before">What ended at or after this time stays, UTC.</param>
    Task RemoveAsync(RetentionPass pass, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The names of the classes, in the order in which a run goes through them: what vouches for others comes last.</summary>
public static class RecordClasses
{
    public const string Requests = "requests";
    public const string Events = "events";
    public const string SetAside = "set-aside";
    public const string Drafts = "drafts";
    public const string Inbox = "inbox";
    public const string MutedReports = "muted-reports";
    public const string Deliveries = "deliveries";
    public const string Wellbeing = "wellbeing";
    public const string Media = "media";
    public const string Reveals = "reveals";
    public const string Content = "content";
    public const string Notices = "notices";
    public const string Cases = "cases";
    public const string Batches = "batches";
    public const string Sessions = "sessions";
    public const string Alarms = "alarms";
    public const string AccessReviews = "access-reviews";
    public const string BrokenGlass = "broken-glass";
    public const string SignIns = "sign-ins";
    public const string Audit = "audit";

    /// <summary>All of them, in that order.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
        [Requests, Events, SetAside, Drafts, Inbox, MutedReports, Deliveries, Wellbeing, Media, Reveals, Content, Notices, Cases, Batches, Sessions, Alarms, AccessReviews, BrokenGlass, SignIns, Audit];

    /// <summary>The order of a name; what is unknown runs before the audit does.</summary>
    internal static int Place(string name) => InOrder.IndexOf(name) is var place && place >= 0 ? place : InOrder.Count - 2;

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>What a room holds about cases that goes when they do.</summary>
public interface ICaseRecords
{
    /// <summary>Higher rooms go first, because their rows point to those below.</summary>
    int Floor { get; }

    /// <summary>Removes every row about these cases.</summary>
    Task RemoveAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken);

    /// <summary>Takes out what users wrote and who they are; what remains says what was done.</summary>
    Task EraseAsync(WriteScope scope, IReadOnlyList<long> cases, CancellationToken cancellationToken);
}

/// <summary>An account of the platform, as the platform names it.</summary>
/// <param name="TypeId">Type of the account.</param>
/// <param name="Id">Its id.</param>
public readonly record struct PlatformActor(string TypeId, string Id);

/// <summary>How much of an account was erased, and how much must wait: held, or in a case that is not closed yet.</summary>
public readonly record struct Erased(int Done, int Left)
{
    public static Erased operator +(Erased one, Erased other) => new(one.Done + other.Done, one.Left + other.Left);
}

/// <summary>What a room holds about accounts of the platform.</summary>
public interface IActorRecords
{
    /// <summary>Higher rooms go first: what they hold may come down into those below meanwhile.</summary>
    int Floor { get; }

    /// <summary>Erases what may be erased of an account now.</summary>
    Task<Erased> EraseAsync(RetentionPass pass, PlatformActor actor, CancellationToken cancellationToken);
}

/// <summary>Answers for the room of cases which numbers still stand for one.</summary>
public interface IKnownCases
{
    /// <summary>Those of the numbers that have a case.</summary>
    Task<IReadOnlySet<long>> AmongAsync(ConsoleDbContext db, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken);
}
