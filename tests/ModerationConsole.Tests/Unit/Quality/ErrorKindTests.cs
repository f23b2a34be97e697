using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Tests.Unit.Quality;

public sealed class ErrorKindTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Verdict.Violation, Verdict.Allow, ErrorKind.FalsePositive)]
    [InlineData(Verdict.Violation, Verdict.CannotReview, ErrorKind.FalsePositive)]
    [InlineData(Verdict.Allow, Verdict.Violation, ErrorKind.FalseNegative)]
    [InlineData(Verdict.CannotReview, Verdict.Violation, ErrorKind.FalseNegative)]
    [InlineData(Verdict.Violation, Verdict.Violation, ErrorKind.WrongPolicyOrAction)]
    [InlineData(Verdict.Allow, Verdict.CannotReview, null)]
    [InlineData(Verdict.CannotReview, Verdict.Allow, null)]
    public void Verdicts_TwoOfThem_AllowOneKindBesideATechnicalOne(Verdict was, Verdict right, ErrorKind? kind)
    {
        ErrorKind[] expected = kind is { } one ? [one, ErrorKind.Technical] : [ErrorKind.Technical];

        Assert.Equal(expected, ErrorKinds.Fitting(was, right));
    }

    [Fact]
    public void Kind_OfNoMeaning_NeverFits() => Assert.False(ErrorKinds.Fits((ErrorKind)99, Verdict.Violation, Verdict.Allow));

    [Theory]
    [InlineData(SampleState.Waiting)]
    [InlineData(SampleState.Adjudicating)]
    [InlineData(SampleState.Settled)]
    [InlineData(SampleState.Withdrawn)]
    public void Sample_NotFoundWrong_CannotBeExplained(SampleState state)
    {
        QualitySample sample = new() { State = state };

        DomainRuleException refused = Assert.Throws<DomainRuleException>(() => sample.Explain(ErrorKind.Technical, RootCause.Tool, "Why", s_now));

        Assert.Equal($"sample.is-{state.ToString().ToLowerInvariant()}", refused.Code);
        Assert.Equal(state, sample.State);
    }

    [Fact]
    public void Sample_Overturned_IsRightAndCountsAsItWas()
    {
        QualitySample sample = new() { State = SampleState.ToExplain, Verdict = Verdict.Violation, PolicyId = "pol_spam", Wrong = true, RightVerdict = Verdict.Allow };
        sample.Explain(ErrorKind.FalsePositive, RootCause.Slip, "Why", s_now);

        sample.Overturn();

        Assert.Equal((false, true, null, null), (sample.Wrong, sample.Scored, sample.Error, sample.Cause));
        Assert.Equal((Verdict.Violation, "pol_spam"), (sample.RightVerdict, sample.RightPolicyId));
    }

    [Fact]
    public void Dispute_DecidedTwice_BreaksARule()
    {
        Dispute dispute = new();
        dispute.Decide(DisputeState.Upheld, Guid.NewGuid(), "Why", s_now);

        Assert.Throws<DomainRuleException>(() => dispute.Decide(DisputeState.Overturned, Guid.NewGuid(), "Why", s_now));
        Assert.Equal(DisputeState.Upheld, dispute.State);
    }
}
