using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Defines an item type, or changes one.</summary>
public sealed partial class TypePage
{
    private FormState<TypeForm>? _form;
    private string? _name;
    private bool _missing;

    /// <summary>The type; null to define one.</summary>
    [Parameter]
    public string? Id { get; set; }

    [Inject]
    public required GetItemType GetItemType { get; init; }

    [Inject]
    public required SaveItemType SaveItemType { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<TypePage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        ItemTypeView? type = Id is null ? null : await GetItemType.RunAsync(await Current.GetAsync(), Id, CancellationToken.None);
        _missing = Id is not null && type is null;
        _name = type?.Name;
        TypeForm form = type is null ? new TypeForm { Fields = [new TypeForm.Field { Name = "text" }] } : TypeForm.Of(type);
        _form = _missing ? null : new FormState<TypeForm>(form, Log);
    }

    private async Task SaveAsync()
    {
        FormState<TypeForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo("admin/types");
        }
    }

    private async Task StoreAsync(FormState<TypeForm> form)
    {
        if (!form.Problems.AnyBlank(("type-id", form.Model.Id, SharedText.IdInvalid), ("type-name", form.Model.Name, SharedText.NameInvalid)))
        {
            Refuse(form.Problems, await SaveItemType.RunAsync(await Current.GetAsync(), form.Model.Draft(), CancellationToken.None));
        }
    }

    private static void Refuse(Problems problems, SavedItemType saved)
    {
        (string field, string? message) = saved.Outcome switch
        {
            SaveItemTypeOutcome.Saved => ("", null),
            SaveItemTypeOutcome.IdInvalid => ("type-id", SharedText.IdInvalid),
            SaveItemTypeOutcome.IdTaken => ("type-id", SharedText.IdTaken),
            SaveItemTypeOutcome.NameInvalid => ("type-name", SharedText.NameInvalid),
            SaveItemTypeOutcome.FieldsInvalid => ("type-fields", saved.Problem is { } problem ? TypeWords.Of(problem) : AdminText.FieldNameInvalid),
            SaveItemTypeOutcome.KindFixed => ("type-kind", AdminText.KindFixed),
            SaveItemTypeOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new ArgumentOutOfRangeException(nameof(saved)),
        };
        problems.Unless(message is null, field, message ?? "");
    }
}
