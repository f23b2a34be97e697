using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What the desk says about what is like the case on the screen.</summary>
public static class StackWords
{
    /// <summary>In what a member is like it.</summary>
    public static string How(Alike alike) => alike switch
    {
        Alike.SameText => StackText.SameText,
        Alike.NearText => StackText.NearText,
        Alike.SameMedia => StackText.SameMedia,
        Alike.OtherWords => StackText.OtherWords,
        _ => throw new ArgumentOutOfRangeException(nameof(alike)),
    };

    /// <summary>A member by its name.</summary>
    public static string Title(StackMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return StackText.Member.With(member.TypeName, member.TaskNumber);
    }

    /// <summary>What else is to be known of a member, in a line.</summary>
    public static string Facts(StackMember member, bool changed)
    {
        ArgumentNullException.ThrowIfNull(member);
        return string.Join(" · ", new[]
        {
            How(member.Alike),
            member.Reports switch { 0 => null, 1 => StackText.OneReport, var count => StackText.Reports.With(count) },
            member.QueueName,
            changed ? StackText.ChangedSince : null,
        }.OfType<string>());
    }

    /// <summary>What was decided, and what was not.</summary>
    public static string Decided(string title, string verdict, DecideStackResult all)
    {
        ArgumentNullException.ThrowIfNull(all);
        string done = all.Members == 0 ? DeskText.DecidedAs.With(title, verdict) : StackText.DecidedTogether.With(title, all.Members, verdict);
        string[] why = [.. all.LeftOut.Select(member => Why(member.Why)).Distinct()];
        return all.LeftOut.Count switch
        {
            0 => done,
            1 => $"{done} {StackText.LeftOutOne.With(why[0])}",
            var count => $"{done} {StackText.LeftOutMany.With(count, string.Join(", ", why))}",
        };
    }

    /// <summary>What was taken back.</summary>
    public static string Undone(UndoResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result switch
        {
            { Members: 0, Kept: 0 } => DeskText.Undone,
            { Kept: 0 } => StackText.UndoneTogether.With(result.Members),
            _ => StackText.UndoneKept.With(result.Members, result.Kept),
        };
    }

    private static string Why(StackLeftOutReason why) => why switch
    {
        StackLeftOutReason.Gone => StackText.WhyGone,
        StackLeftOutReason.Changed => StackText.WhyChanged,
        StackLeftOutReason.NotPossible => StackText.WhyNotPossible,
        StackLeftOutReason.NotAllowed => StackText.WhyNotAllowed,
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };
}
