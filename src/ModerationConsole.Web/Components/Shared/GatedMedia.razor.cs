using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>A piece of user-made media behind its veil.</summary>
public sealed partial class GatedMedia : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private DotNetObjectReference<GatedMedia>? _self;
    private IJSObjectReference? _page;
    private ElementReference _figure;
    private Guid? _open;
    private MediaStep? _next;
    private string? _nextType;
    private int? _asking;
    private string? _reason;
    private MediaPreferences _choices = MediaPreferences.Strictest;

    [CascadingParameter]
    public DeskPreferences Preferences { get; set; } = DeskPreferences.Default;

    /// <summary>The media object.</summary>
    [Parameter, EditorRequired]
    public required DeskMedia Media { get; set; }

    /// <summary>The task on the screen; null on pages to read.</summary>
    [Parameter]
    public DrawnTask? Task { get; set; }

    /// <summary>The case that is read, where it is not worked on.</summary>
    [Parameter]
    public long? CaseNumber { get; set; }

    /// <summary>Its place among the item's media, from 1.</summary>
    [Parameter]
    public int Place { get; set; } = 1;

    /// <summary>How many there are.</summary>
    [Parameter]
    public int Count { get; set; } = 1;

    /// <summary>How grave the case is, in words.</summary>
    [Parameter]
    public string? Gravity { get; set; }

    /// <summary>Why it is here, in words.</summary>
    [Parameter]
    public string? Why { get; set; }

    /// <summary>Whether the case is among those that harm.</summary>
    [Parameter]
    public bool Severe { get; set; }

    /// <summary>What the case was reported for, by name: with what the media is said to show, its categories.</summary>
    [Parameter]
    public IEnumerable<string?> Categories { get; set; } = [];

    /// <summary>Whether the keys mean this one.</summary>
    [Parameter]
    public bool Selected { get; set; }

    /// <summary>Id on the page.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Whether looking closer is offered. The core asks the same again.</summary>
    [Parameter]
    public bool MayReveal { get; set; }

    /// <summary>The person chooses it.</summary>
    [Parameter]
    public EventCallback OnSelect { get; set; }

    /// <summary>The person marks a time of a video or recording, in seconds.</summary>
    [Parameter]
    public EventCallback<double> OnMarked { get; set; }

    [Inject]
    public required IMediaReveals Reveals { get; init; }

    [Inject]
    public required IMediaChoices MediaChoices { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    private bool MayLook => MayReveal && Media.State != MediaState.Refused;

    private string Still => string.Create(CultureInfo.InvariantCulture, $"media/{Media.MediaId}/0");

    private string Kind => Media.Kind.ToString().ToLowerInvariant();

    private string? Seconds => Media.DurationSeconds?.ToString(CultureInfo.InvariantCulture);

    private int First => (int)_choices.FirstStepOf(Media.Kind);

    private string Size => string.Create(CultureInfo.InvariantCulture, $"--media-thumb: {_choices.Thumbnail}px");

    // What the script reads; what it cannot read counts as the strictest.
    private string Choices => JsonSerializer.Serialize(new
    {
        blur = _choices.Blur,
        colour = _choices.Colour.ToString(),
        muted = _choices.Muted,
        speed = _choices.SpeedPercent / 100.0,
        first = First,
        reveal = _choices.Reveal.ToString(),
        reblur = _choices.ReblurSeconds,
    });

    private string? RevealKeys =>
        Selected && string.Join(' ', new[] { Preferences.Map.Aria("revealHoldStart"), Preferences.Map.Aria("revealUntilHidden") }.OfType<string>()) is { Length: > 0 } keys ? keys : null;

    private string Name => $"{MediaWords.Title(Media)}, {MediaText.MediaPlace.With(Place, Count)}";

    /// <summary>The page asks for a step; null when it is not granted, which the status line explains.</summary>
    /// <param name="region">Only tiles of it are to be shown.</param>
    [JSInvokable]
    public async Task<MediaGrant?> OnReveal(int step, bool grey, int blur, bool region)
    {
        try
        {
            RevealResult result = await Reveals.RevealAsync(new RevealRequest(Media.MediaId, (MediaStep)step, new MediaFilters(grey, blur, region))
            {
                Task = Task,
                CaseNumber = CaseNumber,
                Reason = _reason,
            });
            // What is offered next follows from this answer, also when that view could not be made.
            (_next, _nextType) = NextOf(result);
            _asking = result.Outcome is RevealOutcome.ReasonRequired or RevealOutcome.ReasonTooLong ? step : null;
            Status.Say(result.Outcome == RevealOutcome.Revealed
                ? MediaText.Shown.With(MediaWords.Title(Media)) : MediaWords.Refusal(result.Outcome));
            return result.Outcome == RevealOutcome.Revealed ? await GrantAsync(result, step, region) : null;
        }
        catch (PermissionDeniedException)
        {
            Status.Say(MediaText.NotAllowed);
            return null;
        }
        finally
        {
            StateHasChanged();
        }
    }

    /// <summary>The page has hidden it.</summary>
    [JSInvokable]
    public async Task OnHidden(Guid revealId, string? reason)
    {
        if (_open == revealId)
        {
            (_open, _next, _nextType) = (null, null, null);
            Status.Say(MediaWords.Hidden(reason));
            StateHasChanged();
        }

        await Reveals.HideAsync(revealId);
    }

    /// <summary>The person marks the time at which the player stands.</summary>
    [JSInvokable]
    public Task OnMark(double seconds) => OnMarked.InvokeAsync(seconds);

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync();
        try
        {
            if (_page is not null)
            {
                await _page.InvokeVoidAsync("dispose");
                await _page.DisposeAsync();
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed, and everything on it is gone.
        }

        _self?.Dispose();
        // A page that is left without a task is hidden; a task takes its reveals with it when it leaves the screen.
        if (Task is null && _open is { } open)
        {
            await Reveals.HideAsync(open);
        }
    }

    protected override async Task OnInitializedAsync() => _choices = await MediaChoices.ForAsync(Severe, [Media.Category, .. Categories]);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !MayLook)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        try
        {
            IJSObjectReference module = await Script.InvokeAsync<IJSObjectReference>("import", _closing.Token, ScriptJson.Text("./" + Assets["js/media.js"]));
            await using (module)
            {
                _page = await module.InvokeAsync<IJSObjectReference>("attach", _closing.Token, _figure, _self);
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed while it opened.
        }
    }

    // Who wants no small clip before the whole is offered the whole.
    private (MediaStep? Step, string? Type) NextOf(RevealResult result) =>
        result.Next == MediaStep.Filtered && Media.Kind == MediaKind.Video && !_choices.ClipFirst ? (MediaStep.Original, "video/") : (result.Next, result.NextType);

    private async Task<MediaGrant> GrantAsync(RevealResult result, int step, bool region)
    {
        Guid? before = _open;
        _open = result.RevealId;
        if (before is { } replaced)
        {
            await Reveals.HideAsync(replaced);
        }

        string kind = result.ContentType!.Split('/')[0];
        return new MediaGrant(
            result.RevealId!.Value,
            string.Create(CultureInfo.InvariantCulture, $"media/{Media.MediaId}/{step}?reveal={result.RevealId}"),
            kind == "image" ? "img" : kind,
            Reveals.SecondsUntil(result.ExpiresAt!.Value),
            region ? MediaTile.Across : 0);
    }
}
