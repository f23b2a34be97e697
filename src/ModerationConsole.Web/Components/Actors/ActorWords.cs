using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Actors;

/// <summary>Accounts and strikes in words.</summary>
public static class ActorWords
{
    /// <summary>Where an account is shown.</summary>
    public static string Href(string typeId, string id) => $"actors/account?type={Uri.EscapeDataString(typeId)}&id={Uri.EscapeDataString(id)}";

    /// <summary>"5 strikes, from 3 violations".</summary>
    public static string Sum(ActorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Words(file.Sum, file.Strikes.Count(strike => strike.State == StrikeState.Counts));
    }

    /// <summary>The same for the author of a case.</summary>
    public static string Sum(DeskStrikes strikes)
    {
        ArgumentNullException.ThrowIfNull(strikes);
        return Words(strikes.Sum, strikes.Violations);
    }

    /// <summary>Whether the strikes of a violation count, and until when.</summary>
    public static string Of(ActorStrike strike)
    {
        ArgumentNullException.ThrowIfNull(strike);
        return strike.State switch
        {
            StrikeState.Counts => ActorsText.StateCounts,
            StrikeState.NotYet => ActorsText.StateNotYet,
            StrikeState.Expired => ActorsText.StateExpired,
            StrikeState.Reversed => ActorsText.StateReversed,
            _ => throw new ArgumentOutOfRangeException(nameof(strike)),
        };
    }

    /// <summary>Where what strikes ordered stands.</summary>
    public static string Of(StrikeOrderState state) => state switch
    {
        StrikeOrderState.Ordered => ActorsText.OrderOrdered,
        StrikeOrderState.NotOrdered => ActorsText.OrderNotOrdered,
        StrikeOrderState.Cancelled => ActorsText.OrderCancelled,
        StrikeOrderState.TakenBack => ActorsText.OrderTakenBack,
        StrikeOrderState.Stays => ActorsText.OrderStays,
        StrikeOrderState.ReachedAgain => ActorsText.OrderReachedAgain,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string Words(int sum, int violations) => sum == 0
        ? ActorsText.NoStrikes
        : ActorsText.SumOf.With(Figures.Count(sum, ActorsText.StrikeOne, ActorsText.StrikeMany), Figures.Count(violations, ActorsText.ViolationOne, ActorsText.ViolationMany));
}
