using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations.Precedents;

/// <summary>Who may publish what was ruled, and who is offered it.</summary>
public sealed class PrecedentRoles : RoleTable
{
    public override string Room => "Escalations.Precedents";

    public override string Rows => """
                              Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ConfirmPrecedent      .         .    .               x            .       .       .
        FindSimilarPrecedents x         x    x               x            x       x       .
        ListPrecedents        x         x    x               x            x       x       .
        OfferPrecedents       x         x    x               x            .       .       .
        PublishPrecedent      .         .    .               x            .       .       .
        ReadPrecedent         x         x    x               x            x       x       .
        ReadRulingPrecedent   x         x    x               x            x       x       .
        RewritePrecedent      .         .    .               x            .       .       .
        WithdrawPrecedent     .         .    .               x            .       .       .
        """;
}
