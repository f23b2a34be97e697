using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>An action of the platform while it is defined.</summary>
public sealed class ActionForm
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string CallbackUrl { get; set; } = "";

    public string CustomBody { get; set; } = "{}";

    public HashSet<string> ItemTypes { get; init; } = [];

    public ActionTarget Target { get; set; }

    public bool Reversible { get; set; } = true;

    public string ReversalActionId { get; set; } = "";

    public List<Parameter> Parameters { get; init; } = [];

    public bool Archived { get; set; }

    public long? Version { get; init; }

    /// <summary>An action that is there already.</summary>
    public static ActionForm Of(ActionLine action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new ActionForm
        {
            Id = action.Id,
            Name = action.Name,
            Description = action.Description,
            CallbackUrl = action.CallbackUrl ?? "",
            CustomBody = action.CustomBody,
            ItemTypes = [.. action.ItemTypes],
            Target = action.Target,
            Reversible = action.Reversible,
            ReversalActionId = action.ReversalActionId ?? "",
            Parameters = [.. action.Parameters.Select(Parameter.Of)],
            Archived = action.Archived,
            Version = action.Version,
        };
    }

    /// <summary>What the core is asked to save.</summary>
    public ActionDraft Draft() => new(Id.Trim(), Name)
    {
        Description = Description,
        CallbackUrl = CallbackUrl.Trim(),
        CustomBody = string.IsNullOrWhiteSpace(CustomBody) ? "{}" : CustomBody,
        ItemTypes = [.. ItemTypes],
        Target = Target,
        Reversible = Reversible,
        ReversalActionId = Reversible ? ReversalActionId : null,
        Parameters = [.. Parameters.Select(parameter => parameter.Wanted())],
        Archived = Archived,
        Version = Version,
    };

    /// <summary>One value that is given with the action.</summary>
    public sealed class Parameter
    {
        public Guid Key { get; init; } = Guid.NewGuid();

        public string Name { get; set; } = "";

        public string Label { get; set; } = "";

        public ParameterType Type { get; set; }

        public bool Required { get; set; }

        /// <summary>Choices, comma separated.</summary>
        public string Options { get; set; } = "";

        /// <summary>Whether it has choices.</summary>
        public bool HasOptions => Type is ParameterType.Select or ParameterType.Multiselect;

        /// <summary>A parameter that is there already.</summary>
        public static Parameter Of(ActionParameter parameter)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            return new Parameter
            {
                Name = parameter.Name,
                Label = parameter.Label ?? "",
                Type = parameter.Type,
                Required = parameter.Required,
                Options = string.Join(", ", parameter.Options ?? []),
            };
        }

        /// <summary>What the core is asked to save.</summary>
        public ActionParameter Wanted() => new(
            Name.Trim(), Type, Required, string.IsNullOrWhiteSpace(Label) ? null : Label.Trim(),
            HasOptions ? Options.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null);
    }
}
