using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Me;

/// <summary>The signed-in person's own keys: each command's, and whether single keys are listened to at all.</summary>
public sealed partial class KeysPage : IAsyncDisposable
{
    private FormState<Form> _form = null!;
    private ElementReference _root;
    private IJSObjectReference? _fields;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required SaveMyself SaveMyself { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required ILogger<KeysPage> Log { get; init; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_fields is not null)
            {
                await _fields.InvokeVoidAsync("dispose");
                await _fields.DisposeAsync();
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The page took it with it.
        }
    }

    protected override void OnInitialized()
    {
        DeskKeys kept = DeskPreferences.Read(Me.DeskSettings).Map;
        _form = new FormState<Form>(new Form { Chords = new Dictionary<string, string>(kept.Chords), SingleKeys = kept.SingleKeys }, Log);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using IJSObjectReference module = await Script.InvokeAsync<IJSObjectReference>("import", ScriptJson.Text("./" + Assets["js/key-field.js"]));
            _fields = await module.InvokeAsync<IJSObjectReference>("attach", _root);

            // Until something listens, a key would be written into the field as a letter.
            StateHasChanged();
        }
    }

    private static string FieldOf(string command) => $"key-{command}";

    // Two commands with one key are told at once; the choice stands until the person settles it.
    private void Take(string command, string? chord)
    {
        _form.Model.Chords[command] = chord ?? "";
        Check();
    }

    private void Reset()
    {
        foreach (DeskKey key in DeskKeys.All)
        {
            _form.Model.Chords[key.Command] = key.Chord;
        }

        _form.Model.SingleKeys = true;
        Check();
    }

    private void Check()
    {
        _form.Problems.Clear();
        foreach (KeyConflict conflict in DeskKeys.Conflicts(_form.Model.Chords))
        {
            _form.Problems.Add(FieldOf(conflict.Command), conflict.Other is { } other
                ? MeText.KeyTwice.With(KeyWords.Of(other), KeyWords.Of(conflict.Command))
                : MeText.KeyTaken.With(KeyWords.Of(conflict.Command)));
        }
    }

    private async Task SaveAsync()
    {
        if (await _form.SaveAsync(async () =>
        {
            Check();
            if (!_form.Problems.Any)
            {
                DeskPreferences wanted = new() { Keys = _form.Model.Own, SingleKeys = _form.Model.SingleKeys };
                SaveMyselfOutcome outcome = await SaveMyself.RunAsync(await Current.GetAsync(), new MySettings(DeskPatch: wanted.Write()), CancellationToken.None);
                _form.Problems.Unless(outcome == SaveMyselfOutcome.Saved, "", SharedText.SaveFailed);
            }
        }))
        {
            Status.Say(SharedText.Saved);
        }
    }

    /// <summary>The keys while they are changed.</summary>
    public sealed class Form
    {
        public Dictionary<string, string> Chords { get; init; } = [];

        public bool SingleKeys { get; set; }

        // What is as at first is not kept, so that it follows the product.
        internal IReadOnlyDictionary<string, string> Own =>
            DeskKeys.All.Where(key => DeskKeys.Normal(Chords[key.Command]) != DeskKeys.Normal(key.Chord)).ToDictionary(key => key.Command, key => Chords[key.Command]);
    }
}
