using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Oversight.Reviews;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Reviews of who may do what, for those who answer them; drawn anew as others answer.</summary>
public sealed partial class ReviewsPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<AccessReviewRow>? _reviews;
    private IReadOnlyList<ReviewLineRow>? _lines;
    private AccessReviewRow? _shown;
    private ReviewLineRow? _taken;
    private bool _begins;
    private bool _busy;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>Number of a review; the newest otherwise.</summary>
    [SupplyParameterFromQuery]
    public int? Review { get; set; }

    [Inject]
    public required ListAccessReviews ListAccessReviews { get; init; }

    [Inject]
    public required ReadAccessReview ReadAccessReview { get; init; }

    [Inject]
    public required StartAccessReview StartAccessReview { get; init; }

    [Inject]
    public required AnswerReviewLine AnswerReviewLine { get; init; }

    [Inject]
    public required IOptions<ReviewOptions> Options { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.Kind == LiveKind.InboxChanged && change.PersonId == Me.Id, OnChangedAsync, Clock);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _reviews = await ListAccessReviews.RunAsync(await Current.GetAsync(), CancellationToken.None);
        _shown = _reviews.FirstOrDefault(review => Review is null || review.Number == Review);
        _lines = _shown is null ? null : await ReadAccessReview.RunAsync(await Current.GetAsync(), _shown.Number, CancellationToken.None);
    }

    private async Task BeginAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            StartReviewOutcome outcome = await Proof.WithAsync(
                async () => await StartAccessReview.RunAsync(await Current.GetAsync(), CancellationToken.None), outcome => outcome == StartReviewOutcome.ProveFirst);
            Status.Say(AccessWords.Said(outcome));
            (_begins, Review) = (false, null);
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AnswerAsync(ReviewLineRow line, bool needed)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            AnswerReviewOutcome outcome = await Proof.WithAsync(
                async () => await AnswerReviewLine.RunAsync(await Current.GetAsync(), line.Id, needed, CancellationToken.None),
                outcome => outcome == AnswerReviewOutcome.ProveFirst);
            Status.Say(AccessWords.Said(outcome, needed));
            _taken = null;
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(LoadAsync);
}
