using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>Who may hold past decisions against a draft of a policy.</summary>
public sealed class TrialRoles : RoleTable
{
    public override string Room => "Quality.Trials";

    public override string Rows => """
                       Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        DrawTrial      .         .    .               x            .       .       .
        JudgeTrialCase .         .    .               x            .       .       .
        ReadTrial      .         .    .               x            .       .       .
        ReadTrialCase  .         .    .               x            .       .       .
        """;
}
