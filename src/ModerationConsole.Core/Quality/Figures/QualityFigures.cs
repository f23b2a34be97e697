using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Statistics;

namespace ModerationConsole.Core.Quality.Figures;

/// <summary>What became of the samples that figures are asked of.</summary>
/// <param name="Drawn">All of them.</param>
/// <param name="Judged">Found right or wrong, and scored: what figures rest on.</param>
/// <param name="Wrong">How many of those were wrong.</param>
/// <param name="ToExplain">How many of the wrong ones are still to be explained. They count as wrong all the same; their kind of error is the one their verdicts suggest, and no cause is named.</param>
/// <param name="Pending">Not judged to the end yet; null, and not among the drawn, where filters would tell too much to those who may be asked to judge.</param>
/// <param name="Ambiguous">Settled but taken out of the score, because the policy leaves them open.</param>
/// <param name="Withdrawn">Nothing was left to judge.</param>
public sealed record SampleCounts(int Drawn, int Judged, int Wrong, int ToExplain, int? Pending, int Ambiguous, int Withdrawn);

/// <summary>How right decisions under one policy are.</summary>
/// <param name="PolicyId">Null for decisions that name none.</param>
/// <param name="Accuracy">Strata weighed by size.</param>
/// <param name="Wrong">How many of the judged ones were wrong.</param>
public sealed record PolicyFigure(string? PolicyId, string? Code, string? Name, StratifiedEstimate Accuracy, int Wrong);

/// <summary>How right one person's decisions are. There is no order among people but that of their names.</summary>
/// <param name="Accuracy">Strata weighed by how many of this person's decisions fell into them.</param>
/// <param name="Wrong">How many of the judged ones were wrong.</param>
public sealed record PersonFigure(Guid PersonId, string Name, StratifiedEstimate Accuracy, int Wrong);

/// <summary>A finding that decisions are told apart by: the verdict and, of violations, the policy.</summary>
public sealed record FindingClass(Verdict Verdict, string? PolicyId, string? Code, string? Name);

/// <summary>How far the first and the second judgement, which knew nothing of each other, agree: over the pure random samples only.</summary>
/// <param name="Raw">Share of samples on which both found the same verdict and policy.</param>
/// <param name="Nominal">Krippendorff's alpha over verdict and policy; null where it is not defined.</param>
/// <param name="Ordinal">Krippendorff's alpha over how severe the finding is: no violation, then violations by the severity of their policy.</param>
/// <param name="WithThird">The nominal alpha with the third person's verdict as a rating more; that one saw both others.</param>
/// <param name="Cohen">Cohen's kappa of first and second judgement.</param>
/// <param name="Fleiss">Fleiss' kappa of the same.</param>
/// <param name="Ac1">Gwet's AC1 of the same.</param>
/// <param name="Commonest">The finding that was given most often.</param>
/// <param name="Prevalence">Its share of all findings, from 0 to 1; null where nothing was judged.</param>
public sealed record AgreementFigures(
    Figure Raw, double? Nominal, double? Ordinal, double? WithThird, double? Cohen, double? Fleiss, double? Ac1, FindingClass? Commonest, double? Prevalence);

/// <summary>What was decided beside what was right, over the pure random samples only.</summary>
/// <param name="Classes">The matrix's labels, in order.</param>
public sealed record ConfusionFigures(IReadOnlyList<FindingClass> Classes, ConfusionMatrix Matrix);

/// <summary>Something to filter by.</summary>
public sealed record FigureChoice(string Id, string Name);

/// <summary>All that the overview of quality tells.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC: today.</param>
/// <param name="Accuracy">Share of right decisions with its interval; strata weighed by size.</param>
/// <param name="PopulationEstimated">Sizes of some strata are worked out from the rates of what was drawn, because decisions are counted by one thing at a time.</param>
/// <param name="Target">Accuracy that is aimed at, 0 to 1.</param>
/// <param name="WeightedError">Error in which one of a severe policy counts for several.</param>
/// <param name="Overturned">Share of the disputes decided in the period that were overturned.</param>
/// <param name="Errors">How many errors of each kind were found, most first.</param>
/// <param name="Causes">How many of each cause, most first; null where none was named.</param>
/// <param name="People">By name.</param>
/// <param name="Plans">How many sampling plans there are, active or ended: without any there is nothing to tell.</param>
public sealed record QualityFigures(
    DateOnly From, DateOnly To, SampleCounts Samples, StratifiedEstimate Accuracy, bool PopulationEstimated, double Target, Figure WeightedError, Figure Overturned,
    IReadOnlyList<PolicyFigure> Policies, IReadOnlyList<(ErrorKind? Kind, int Count)> Errors, IReadOnlyList<(RootCause? Cause, int Count)> Causes,
    ConfusionFigures Confusion, AgreementFigures Agreement, IReadOnlyList<PersonFigure> People, IReadOnlyList<FigureChoice> PolicyChoices,
    IReadOnlyList<FigureChoice> PeopleChoices, IReadOnlyList<string> Languages, int Plans);
