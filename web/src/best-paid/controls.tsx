import { AreaPicker } from '../components/area-picker';
import { type Address, educations, orders } from './address';
import { IndustryPicker } from './industry-picker';

// Inputs that change the address. Wages by industry are only published for the
// nation, so each of the two pickers clears the other.
export function Controls(props: {
  address: Address;
  areaName: string;
  industryTitle: string;
  move: (part: Partial<Address>) => void;
}) {
  const { address, areaName, industryTitle, move } = props;
  return (
    <div class="choices">
      <div class="controls">
        <AreaPicker area={address.area} areaName={areaName} move={(area) => move({ area, industry: '' })} />
        <IndustryPicker
          industry={address.industry}
          title={industryTitle}
          move={(industry) => move({ industry, area: 'US' })}
        />
      </div>
      <div class="controls">
        <Select
          id="education"
          label="Typical entry education"
          value={address.education}
          options={[['', 'Any education'], ...Object.entries(educations)]}
          onChoose={(education) => move({ education: education as Address['education'] })}
        />
        <Select
          id="order"
          label="Order"
          value={address.order}
          options={Object.entries(orders).map(([name, { label }]) => [name, label])}
          onChoose={(order) => move({ order: order as Address['order'] })}
        />
      </div>
      <p class="quiet">
        Wages by industry are published for the nation only, so an area and an industry cannot be combined.
      </p>
    </div>
  );
}

function Select(props: {
  id: string;
  label: string;
  value: string;
  options: [value: string, text: string][];
  onChoose: (value: string) => void;
}) {
  const { id, label, value, options, onChoose } = props;
  return (
    <div class="choice">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
