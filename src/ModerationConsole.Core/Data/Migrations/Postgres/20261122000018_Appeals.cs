using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Appeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "ActionId",
                table: "enforcement_action",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "enforcement_action",
                type: "character varying(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "Action");

            migrationBuilder.CreateTable(
                name: "appeal",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ExternalId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    AppellantTypeId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AppellantId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    ItemTypeId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ItemId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Actions = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    AppealedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Verdict = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    PolicyId = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Language = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    Automated = table.Column<bool>(type: "boolean", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    AnswerId = table.Column<Guid>(type: "uuid", nullable: true),
                    JudgeId = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CorrectionId = table.Column<Guid>(type: "uuid", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DeliveryId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal", x => x.Number);
                    table.ForeignKey(
                        name: "FK_appeal_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_appeal_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appeal_evidence",
                columns: table => new
                {
                    AppealNumber = table.Column<long>(type: "bigint", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal_evidence", x => new { x.AppealNumber, x.ItemVersionId });
                    table.ForeignKey(
                        name: "FK_appeal_evidence_appeal_AppealNumber",
                        column: x => x.AppealNumber,
                        principalTable: "appeal",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_AppellantId_AppellantTypeId",
                table: "appeal",
                columns: new[] { "AppellantId", "AppellantTypeId" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_CaseNumber",
                table: "appeal",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_DecisionId_AppellantTypeId_AppellantId_Round",
                table: "appeal",
                columns: new[] { "DecisionId", "AppellantTypeId", "AppellantId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ExternalId_AppellantTypeId_AppellantId",
                table: "appeal",
                columns: new[] { "ExternalId", "AppellantTypeId", "AppellantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_Id",
                table: "appeal",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ReceivedAt",
                table: "appeal",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_SettledAt",
                table: "appeal",
                column: "SettledAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_State_DueAt",
                table: "appeal",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_TaskNumber",
                table: "appeal",
                column: "TaskNumber",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "appeal_evidence");

            migrationBuilder.DropTable(
                name: "appeal");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "enforcement_action");

            migrationBuilder.AlterColumn<string>(
                name: "ActionId",
                table: "enforcement_action",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200,
                oldNullable: true);
        }
    }
}
