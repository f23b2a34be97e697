using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Who may break glass, and who reviews it.</summary>
public sealed class GlassRoles : RoleTable
{
    public override string Room => "Oversight.Glass";

    public override string Rows => """
                   Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        BreakGlass .         .    .               .            .       .       x
        CloseGlass .         .    .               .            .       x       .
        EndGlass   x         x    x               x            x       x       x
        ListGlass  .         .    .               .            .       x       .
        """;
}
