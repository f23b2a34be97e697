using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>Registers what is known of accounts of the platform.</summary>
public static class ActorServices
{
    /// <summary>Adds what is held of reporters, and what the desk says of strikes.</summary>
    public static IServiceCollection AddActors(this IServiceCollection services) => services
        .AddSingleton<IActorRecords, ReporterRecords>()
        .AddSingleton<IRecordClass, ReporterRecords>()
        .AddSingleton<ICaseRecords, StrikeOrdersOfCases>()
        .AddSingleton<IActorRecords, StrikeOrdersOfCases>()
        .AddSingleton<IStrikeCount, StrikeSums>()
        .AddSingleton<IDecisionObserver, StrikeActions>()
        .AddSingleton<IStrikesOnDesk, StrikesOnDesk>();
}
