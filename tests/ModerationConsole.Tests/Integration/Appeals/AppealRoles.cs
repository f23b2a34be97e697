using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

/// <summary>Who may hear and look at appeals.</summary>
public sealed class AppealRoles : RoleTable
{
    public override string Room => "Appeals";

    public override string Rows => """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ListAppeals       .         x    .               x            x       x       .
        ReadAppeal        .         x    .               x            x       x       .
        ReadAppealFigures .         x    .               x            x       x       .
        ReadAppealOnDesk  .         x    .               x            .       .       .
        """;
}
