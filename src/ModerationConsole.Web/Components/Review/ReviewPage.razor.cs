using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Layout.Palette;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The review desk: one case at a time, and what the person decides about it.</summary>
public sealed partial class ReviewPage : IAsyncDisposable
{
    private DotNetObjectReference<ReviewPage>? _self;
    private ElementReference _root;
    private bool _attached;
    private bool _drawnOpen;
    private DeskPreferences? _toldKeys;
    private IDisposable? _offered;
    private bool _context;
    private bool _sheetOpen;
    private int _selected;
    private string? _at;
    private DeskQuestion _question;
    private long _askedTask;
    private long _askedFence;

    /// <summary>The one queue that is worked; null for all.</summary>
    [Parameter]
    public string? Slug { get; set; }

    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required DeskSession Desk { get; init; }

    [Inject]
    public required DeskCircuit Circuit { get; init; }

    [Inject]
    public required DeskScript Script { get; init; }

    [Inject]
    public required ShellScript Shell { get; init; }

    [Inject]
    public required PageFrame Frame { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required IMediaReveals Reveals { get; init; }

    [Inject]
    public required IOptions<LeaseOptions> Lease { get; init; }

    [Inject]
    public required PaletteOffers Palette { get; init; }

    [Inject]
    public required SaveMyself SaveMyself { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    private DeskPreferences Preferences => Onlooker.Preferences;

    // Pages are drawn only for someone who is known.
    private Myself Me => Onlooker.Me!;

    private (long Task, long Fence)? Drawn => Desk.Case is { } about ? (about.TaskNumber, about.Fence) : null;

    private string Verdict => Desk.Form?.ChosenVerdict?.ToString().ToLowerInvariant() ?? "";

    /// <summary>What stands in the fields beside a task after a pause of typing.</summary>
    [JSInvokable]
    public void OnFields(long task, Dictionary<string, string> fields)
    {
        if (Drawn?.Task == task)
        {
            Desk.Typed(fields);
        }
    }

    /// <summary>The page is open; whether someone was active at it lately.</summary>
    [JSInvokable]
    public Task<double?> OnHeartbeat(bool activeLately) => Desk.HeartbeatAsync(activeLately);

    /// <summary>Nobody has touched the page for a while, or it is hidden.</summary>
    [JSInvokable]
    public Task OnIdle() => Desk.AwayAsync();

    /// <summary>Nobody has touched the page for a minute.</summary>
    [JSInvokable]
    public Task OnQuiet() => Desk.QuietAsync();

    /// <summary>Someone is back. A paused desk goes on when they say so.</summary>
    [JSInvokable]
    public void OnReturn() => Desk.Here();

    public async ValueTask DisposeAsync()
    {
        Onlooker.Changed -= Redraw;
        Desk.Changed -= Redraw;
        Desk.FiguresChanged -= OnFigures;
        Desk.Drafts.Changed -= RedrawFrame;
        _offered?.Dispose();
        Circuit.Leave(Desk);
        await Script.DisposeAsync();
        await Desk.DisposeAsync();
        // Whoever goes to another page keeps their case, but looks at nothing of it.
        await Reveals.HideAllAsync();
        _self?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Onlooker.Changed += Redraw;
        Desk.Changed += Redraw;
        Desk.FiguresChanged += OnFigures;
        Desk.Drafts.Changed += RedrawFrame;
        _offered = Palette.Offer(Doings);
        Desk.ReadPage = Script.FieldsAsync;
        Circuit.Enter(Desk, InvokeAsync);
        Task opening = Desk.OpenAsync(Slug, InvokeAsync);
        // Before it is over the page is drawn for the first time, or not at all.
        bool wasDrawn = !opening.IsCompleted;
        await opening;
        _drawnOpen = wasDrawn;
    }

    // The desk was drawn when it had opened. Drawn once more because this is over, each of its panels would keep a second tree.
    protected override bool ShouldRender()
    {
        bool again = !_drawnOpen;
        _drawnOpen = false;
        return again;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Desk.Mode != DeskMode.Opening && Slug != Desk.Queue?.Slug)
        {
            await Desk.GoToAsync(Slug);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _toldKeys = Preferences;
            await Script.AttachAsync(_root, _self, name => "./" + Assets[name], Lease.Value, Preferences.Map);
            _attached = true;
        }

        if (_attached)
        {
            if (_toldKeys != Preferences)
            {
                _toldKeys = Preferences;
                await Script.SetKeysAsync(Preferences.Map);
            }

            await TellPageAsync();
            await RecallAsync();
        }
    }

    private async Task SubmitAsync()
    {
        if (Drawn is { } drawn)
        {
            await SubmitAsync(drawn.Task, drawn.Fence, await Script.FieldsAsync());
        }
    }

    private async Task SubmitAsync(long task, long fence, Dictionary<string, string>? fields)
    {
        if (Drawn == (task, fence) && fields is not null)
        {
            Desk.Typed(fields);
        }

        if (Drawn == (task, fence))
        {
            await WriteBegunCommentAsync();
        }

        await Desk.SubmitAsync(task, fence);
    }

    private void Select(int place)
    {
        _selected = place;
        _at = EvidenceWalk.MediaId(place);
    }

    private void Mark(double seconds)
    {
        Desk.Edit(form => form.MarkTime(seconds));
        Status.Say(MediaText.Marked.With(MediaWords.Length(seconds)));
    }

    private Task AskAsync(DeskQuestion question)
    {
        Ask(question);
        return question switch
        {
            DeskQuestion.Move => Desk.ReadMoveTargetsAsync(),
            DeskQuestion.Recent => Desk.ReadRecentAsync(),
            _ => Task.CompletedTask,
        };
    }

    private void Ask(DeskQuestion question)
    {
        if (question is DeskQuestion.Keys or DeskQuestion.Recent || Drawn is not null)
        {
            (_askedTask, _askedFence) = Drawn ?? default;
            _question = question;
        }
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private void RedrawFrame() => _ = InvokeAsync(Frame.DrawAgain);

    // Beside a case only the top bar says how much waits.
    private void OnFigures()
    {
        if (Desk.Case is null)
        {
            Redraw();
        }
        else
        {
            RedrawFrame();
        }
    }
}
