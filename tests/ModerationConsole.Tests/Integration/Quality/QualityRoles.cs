using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>Who may plan, judge and settle what measures.</summary>
public sealed class QualityRoles : RoleTable
{
    public override string Room => "Quality";

    public override string Rows => """
                              Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ActivatePlan          .         x    .               .            .       .       .
        AllowSevereGolden     .         x    .               .            .       .       .
        CloseCalibration      .         x    .               .            .       .       .
        DecideDispute         .         x    .               x            .       .       .
        EndPlan               .         x    .               .            .       .       .
        ExplainResult         .         x    .               x            .       .       .
        ExportQualityFigures  .         x    .               .            .       .       .
        FindAgreements        .         x    .               .            .       .       .
        ListCalibrations      x         x    x               x            .       .       .
        ListDisputes          .         x    .               x            .       .       .
        ListGolden            .         x    .               x            .       .       .
        ListMyResults         x         x    x               x            .       .       .
        ListPlans             .         x    .               .            .       .       .
        ListReceivedCoaching  x         x    x               x            .       .       .
        ListSamples           .         x    .               .            .       .       .
        ListSentCoaching      .         x    .               .            .       .       .
        ListToExplain         .         x    .               x            .       .       .
        MakeGolden            .         x    .               x            .       .       .
        MakeGoldenOfAgreement .         x    .               .            .       .       .
        NoteCalibration       .         x    .               .            .       .       .
        OpenDispute           x         x    x               x            .       .       .
        PrepareCoaching       .         x    .               .            .       .       .
        PreviewPlan           .         x    .               .            .       .       .
        ReadCalibration       x         x    x               x            .       .       .
        ReadCoaching          x         x    x               x            .       .       .
        ReadDispute           .         x    .               x            .       .       .
        ReadGolden            .         x    .               x            .       .       .
        ReadMyResult          x         x    x               x            .       .       .
        ReadOpinions          .         x    .               x            .       .       .
        ReadPlan              .         x    .               .            .       .       .
        ReadQualityFigures    .         x    .               .            .       .       .
        ReadQualitySettings   .         x    .               .            .       .       .
        ReadToExplain         .         x    .               x            .       .       .
        RetireGolden          .         x    .               .            .       .       .
        RevealVotes           .         x    .               .            .       .       .
        SaveCalibration       .         x    .               .            .       .       .
        SavePlan              .         x    .               .            .       .       .
        SaveQualitySettings   .         x    .               .            .       .       .
        SaveQualityWeight     .         x    .               .            .       .       .
        SeeCoaching           x         x    x               x            .       .       .
        SeeResult             x         x    x               x            .       .       .
        SendCoaching          .         x    .               .            .       .       .
        StartVoting           .         x    .               .            .       .       .
        VoteAgain             .         x    .               .            .       .       .
        """;

    protected override object? Special(Type type) => type switch
    {
        _ when type == typeof(DisputeState?) => DisputeState.Upheld,
        _ when type == typeof(PlanDraft) => new PlanDraft(null, "Plan", 0.5, []),
        _ when type == typeof(CalibrationDraft) => new CalibrationDraft(null, "Session", [], []),
        _ when type == typeof(CoachingDraft) => new CoachingDraft(1, null, "words"),
        _ when type == typeof(ResultExplanation) => new ResultExplanation(Guid.CreateVersion7(), ErrorKind.Technical, RootCause.Tool, "words"),
        _ => null,
    };
}
