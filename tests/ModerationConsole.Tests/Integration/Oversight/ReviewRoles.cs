using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Oversight;

/// <summary>Who may begin and answer reviews of who may do what.</summary>
public sealed class ReviewRoles : RoleTable
{
    public override string Room => "Oversight.Reviews";

    public override string Rows => """
                          Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        AnswerReviewLine  .         .    .               .            .       x       x
        ListAccessReviews .         .    .               .            .       x       x
        ReadAccessReview  .         .    .               .            .       x       x
        StartAccessReview .         .    .               .            .       x       x
        """;
}
