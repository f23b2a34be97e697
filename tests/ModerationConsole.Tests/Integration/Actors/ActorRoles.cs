using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Actors;

/// <summary>Who may look at accounts, mute reporters and say what strikes weigh.</summary>
public sealed class ActorRoles : RoleTable
{
    public override string Room => "Actors";

    public override string Rows => """
                           Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ListMutedReporters .         x    .               x            .       .       .
        MuteReporter       .         x    .               x            .       .       .
        ReadActor          x         x    x               x            x       x       .
        ReadStrikeTable    x         x    x               x            x       x       x
        SaveStrikeTable    .         .    .               x            .       .       .
        UnmuteReporter     .         x    .               x            .       .       .
        """;
}
