using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

/// <summary>Who may ask, answer and hand on.</summary>
public sealed class EscalationRoles : RoleTable
{
    public override string Room => "Escalations";

    public override string Rows => """
                             Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        AcknowledgeEmergency .         .    .               x            .       .       .
        ConsultExpert        .         .    .               x            .       .       .
        EscalateCase         x         x    x               x            .       .       .
        ListAddressees       x         x    x               x            .       .       .
        ListAreaExperts      .         .    .               x            .       .       .
        ListEscalations      x         x    x               x            x       x       .
        MarkChildSafety      x         x    x               x            .       .       .
        RaiseEmergency       x         x    x               x            .       .       .
        ReadEscalation       x         x    x               x            x       x       .
        ReadQuestion         .         .    .               x            .       .       .
        RecordAuthority      .         .    .               x            .       .       .
        SaveAreaExperts      .         .    .               x            .       .       .
        WriteToEscalation    x         x    x               x            .       .       .
        """;
}
